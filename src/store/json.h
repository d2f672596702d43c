// Records of the store as JSON, one form for the command line, the JSONL export and the server.
// docs/formats/store.md lists the fields. Absent knowledge is null.
#pragma once

#include <string>

#include "base/json.h"
#include "store/findings.h"
#include "store/records.h"

namespace annalist::store {

/// Appends one JSON object, no line end.
void write_json(const EventRecord& event, std::string& out);
void write_json(const EventDetail& detail, std::string& out);
void write_json(const ClaimRecord& claim, std::string& out);
void write_json(const DocumentRecord& document, std::string& out);
void write_json(const ActorRecord& actor, std::string& out);
void write_json(const RevisionRecord& revision, std::string& out);
void write_json(const VerdictRecord& verdict, std::string& out);
void write_json(const MergedEvent& merged, std::string& out);
/// As above, with what people decided about its members.
void write_json(const MergedEvent& merged, const std::vector<VerdictRecord>& verdicts, std::string& out);
void write_json(const Story& story, std::string& out);
void write_json(const State& state, std::string& out);

}  // namespace annalist::store
