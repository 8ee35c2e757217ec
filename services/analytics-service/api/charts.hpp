#pragma once
// /api/v1/charts: named charts of the service's figures, pictures and pages of them, charts of given rows.
#include "api/answers.hpp"
#include "api/chart_files.hpp"

namespace rb::analytics {

struct ChartQuery : PeriodQuery {
  std::optional<std::string> kind, language;
};
BOOST_DESCRIBE_STRUCT(ChartQuery, (PeriodQuery), (kind, language))
json::Rules rules(const ChartQuery*);

struct ChartAnswer {
  json::value chart;  // {"data":[…],"layout":{…}}
  json::value data;   // the rows shown
  json::value summary;
};
BOOST_DESCRIBE_STRUCT(ChartAnswer, (), (chart, data, summary))

struct ExportChartQuery : PictureQuery, ChartQuery {
  std::string chart;
};
BOOST_DESCRIBE_STRUCT(ExportChartQuery, (PictureQuery, ChartQuery), (chart))
json::Rules rules(const ExportChartQuery*);

struct RenderRequest : PictureQuery {
  json::object figure;
  std::string language = "ru";
};
BOOST_DESCRIBE_STRUCT(RenderRequest, (PictureQuery), (figure, language))
json::Rules rules(const RenderRequest*);

struct CustomConfig {
  std::string type = "bar", x, y, title;
};
BOOST_DESCRIBE_STRUCT(CustomConfig, (), (type, x, y, title))
json::Rules rules(const CustomConfig*);

struct CustomRequest {
  std::vector<json::object> data;
  CustomConfig config;
  std::string language = "ru";
};
BOOST_DESCRIBE_STRUCT(CustomRequest, (), (data, config, language))
json::Rules rules(const CustomRequest*);

void add_charts(http::Api& api);

}  // namespace rb::analytics
