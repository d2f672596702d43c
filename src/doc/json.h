// The annotated document, version 1, as JSON: written, and read back. The form is
// schema/document.schema.json. Offsets are code points in JSON and bytes in C++; both directions convert here
// and nowhere else.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "doc/document.h"

namespace annalist {

/// Versions and data hashes that made a document.
struct EngineInfo {
  std::string version, model, codebook, gazetteer;
};

/// The parts of the JSON object that a caller may choose (`--layers`).
enum class JsonPart : std::uint16_t {
  page = 1,
  text = 2,
  blocks = 4,
  sentences = 8,
  tokens = 16,
  entities = 32,
  places = 64,
  times = 128,
  events = 256,
  claims = 512,
  conflicts = 1024,
  relations = 2048,
  control = 4096,
  diagnostics = 8192
};
using JsonParts = std::uint16_t;
constexpr JsonParts operator|(JsonPart a, JsonPart b) { return JsonParts(JsonParts(a) | JsonParts(b)); }
inline constexpr JsonParts kEverything = 0x3FFF;
inline constexpr JsonParts kDefaultParts = kEverything & ~JsonParts(JsonPart::tokens);
inline constexpr JsonParts kReadParts = JsonParts(JsonPart::page) | JsonParts(JsonPart::text) |
                                        JsonParts(JsonPart::blocks) | JsonParts(JsonPart::diagnostics);

/// "events,claims" -> parts; "all" -> everything. An Error names the unknown one and lists the known.
Result<JsonParts> parse_parts(std::string_view list);

/// Appends the document as one JSON object without a line end.
void write_json(const Document& doc, const EngineInfo& engine, JsonParts parts, std::string& out);

struct ReadDocument {
  Document document;
  EngineInfo engine;
};
/// Reads one JSON object. `where` names the line for errors. Missing parts are empty layers; unknown keys are
/// passed over; offsets outside the text, broken links and unknown names are errors.
Result<ReadDocument> read_json(std::string_view json, const std::string& where);

}  // namespace annalist
