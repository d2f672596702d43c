#include "export/selection.h"

#include <algorithm>

#include "export/formats.h"

namespace annalist {

const std::vector<ExportFormat>& export_formats() {
  static const std::vector<ExportFormat> all = {
      jsonl_format(), csv_format(),     hxl_format(),   geojson_format(), kml_format(),
      atom_format(),  rss_format(),     acled_format(), ucdp_format(),    gdelt_format(),
      icews_format(), polecat_format(), plover_format()};
  return all;
}

const ExportFormat* export_format(std::string_view name) {
  const auto& all = export_formats();
  const auto it = std::ranges::find(all, name, &ExportFormat::name);
  return it == all.end() ? nullptr : &*it;
}

}  // namespace annalist
