// The commands. Each is a small file over the library: options in, bytes out, an exit status back:
// 0 done, 1 done but some inputs failed (each named on standard error, the rest written), 2 nothing could be
// done.
#pragma once

#include <string>

#include "options.h"

namespace annalist::tool {

int run_code(const Options& options);
int run_read(const Options& options);
int run_fetch(const Options& options);
int run_parse(const Options& options);
int run_report(const Options& options);
int run_explain(const Options& options);
int run_dups(const Options& options);
int run_merge(const Options& options);
int run_serve(const Options& options);
int run_key(const Options& options);
/// merge without --mentions: events, stories or states of many reports.
int run_merge_reports(const Options& options);
int run_control(const Options& options);
int run_connect(const Options& options);
int run_data(const Options& options);
int run_codebook(const Options& options);
int run_actors(const Options& options);
int run_gazetteer(const Options& options);
int run_ingest(const Options& options);
int run_query(const Options& options);
int run_search(const Options& options);
int run_show(const Options& options);
int run_history(const Options& options);
int run_stats(const Options& options);
int run_verify(const Options& options);
int run_review(const Options& options);
int run_retract(const Options& options);
int run_recode(const Options& options);
int run_export(const Options& options);
int run_panel(const Options& options);
int run_compare(const Options& options);

/// --data, else the folder of the program.
std::string data_dir(const Options& options);
/// Says an error on standard error and gives exit status 2.
int refuse(const Error& error);

}  // namespace annalist::tool
