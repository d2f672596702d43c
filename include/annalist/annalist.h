// Annalist as a library. This header is the whole public API; everything it includes is documented where it
// is declared, and nothing else is promised.
//
//     #include <annalist/annalist.h>
//     using namespace annalist;
//
//     auto engine = Engine::open("build", Engine::Depth::full);       // maps the three data files
//     if (!engine) die(engine.error().message());                     // what, where, remedy
//
//     Source source({"reports/"});                                    // files, folders, JSONL, WARC, feeds,
//     "-" Workspace work;                                                  // one a thread while (auto page =
//     source.next()) {
//       if (!*page) { warn(page->error().message()); continue; }       // this input failed; the next may not
//       Document doc = engine->code(**page, work);
//       for (const Event& event : doc.all<Event>())
//         for (const EventArg& arg : doc[event.args])
//           if (arg.entity) use(doc.str(doc[arg.entity].name));
//     }
//
// Who owns what. An Engine is immutable after open and may be shared by all threads. A Document owns its
// text, its strings and its records; spans, string_views and ids are valid while it lives. A Workspace is
// scratch memory and belongs to one thread at a time.
//
// Offsets. A Span counts UTF-8 bytes of Document::text(), half-open. JSON counts code points: write_json and
// read_json convert, OffsetMap does it by hand.
//
// Errors. Result<T> for what a person can mend (files, options). A page can be empty, binary, cut short or in
// another language: that is a Diagnostic in its Document (docs/formats/diagnostics.md). Nothing throws across
// this boundary but std::bad_alloc; nothing prints; nothing exits.
//
// Same bytes, same data files, same Document: on any number of threads, in any order.
#pragma once

#include "base/result.h"      // Result, Error
#include "base/utf8.h"        // OffsetMap
#include "doc/document.h"     // Document and every record
#include "doc/json.h"         // write_json, read_json
#include "doc/raw_page.h"     // RawPage
#include "doc/tree.h"         // Tree: walking the parse
#include "export/export.h"    // write_table, write_csv, write_report, write_explanation
#include "pipeline/batch.h"   // run_batch: many inputs, some threads, results in order
#include "pipeline/engine.h"  // Engine
#include "source/source.h"    // Source
