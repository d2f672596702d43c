// The formats, one maker each; selection.cpp lists them.
#pragma once

#include "export/selection.h"

namespace annalist {

ExportFormat jsonl_format();
ExportFormat csv_format();
ExportFormat hxl_format();
ExportFormat geojson_format();
ExportFormat kml_format();
ExportFormat atom_format();
ExportFormat rss_format();
ExportFormat acled_format();
ExportFormat ucdp_format();
ExportFormat gdelt_format();
ExportFormat icews_format();
ExportFormat polecat_format();
ExportFormat plover_format();

/// The columns of our own event table and its row: CSV, HXL and Parquet share them.
const std::vector<ExportColumn>& event_columns();
std::vector<std::string> event_cells(const store::EventDetail& d);

}  // namespace annalist
