// Which of a report's events it is about: one, marked `main`.
#pragma once

#include <vector>

#include "event/draft.h"
#include "event/merge.h"
#include "event/scene.h"

namespace annalist::event {

/// Marks the weightiest real event: by type, how high in the report and in its sentence it stands, how often
/// it is told and whether it has dead. None where nothing real is told.
void choose_main(const Scene& scene, const std::vector<Draft>& drafts, std::vector<Merged>& events);

}  // namespace annalist::event
