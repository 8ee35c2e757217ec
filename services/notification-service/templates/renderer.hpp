#pragma once
// Renders messages by the texts that the school and its tutors have written, else by those that come with the
// program, one form per channel.
#include <memory>

#include "domain/render.hpp"

namespace rb::notification {

// `school_name`: "" where there is none. `clock` decides what «завтра» is; it and `texts` outlive the
// renderer.
std::unique_ptr<Renderer> make_renderer(std::string school_name, const Clock& clock,
                                        const StoredTexts& texts);

}  // namespace rb::notification
