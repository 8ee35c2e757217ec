#pragma once
// Renders messages by the texts that come with the program (templates/), one form per channel.
#include <memory>

#include "domain/render.hpp"

namespace rb::notification {

// `clock` decides what «завтра» is.
std::unique_ptr<Renderer> make_renderer(RenderSettings settings, const Clock& clock);

}  // namespace rb::notification
