#pragma once
// A person is forgotten: log and facts keep a pseudonym and no text, dead letters and kept answers go.
#include "domain/cells/names.hpp"
#include "jobs/pseudonyms.hpp"

namespace rb::analytics {

// In the transaction of batch `version`. People who are erased already are left alone.
Task<> erase_people(db::Transaction& tx, Pseudonyms& pseudonyms, Names& names, std::vector<std::string> ids,
                    std::int64_t version, Time now);

}  // namespace rb::analytics
