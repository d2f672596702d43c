#include "checkpoint.h"

#include <charconv>
#include <cstdio>
#include <filesystem>

#include "base/file.h"
#include "base/json.h"
#include "base/strings.h"

namespace annalist::tool {

namespace {

constexpr std::string_view kHead = "annalist/checkpoint/1";

std::uint64_t number(std::string_view s) {
  std::uint64_t n = 0;
  std::from_chars(s.data(), s.data() + s.size(), n);
  return n;
}

/// The number behind the last "byte " or ":" of a place.
void add_place(std::string_view where, JsonWriter& json) {
  if (const auto at = where.rfind(", byte "); at != where.npos) {
    json.field("input", where.substr(0, at)).field("offset", number(where.substr(at + 7)));
    return;
  }
  const auto colon = where.rfind(':');
  const bool line = colon != where.npos && colon + 1 < where.size() &&
                    where.find_first_not_of("0123456789", colon + 1) == where.npos;
  json.field("input", line ? where.substr(0, colon) : where);
  if (line) json.field("line", number(where.substr(colon + 1)));
}

}  // namespace

void Checkpoint::add(std::string_view id, std::string_view origin) {
  // FNV-1a: order counts, and the same inputs give the same number everywhere.
  if (digest == 0) digest = 14695981039346656037u;
  for (std::string_view s : {id, origin}) {
    for (char c : s) digest = (digest ^ static_cast<unsigned char>(c)) * 1099511628211u;
    digest = (digest ^ 0xFF) * 1099511628211u;
  }
  ++items;
}

Result<Checkpoint> Checkpoint::read(const std::string& path, const std::string& made_by) {
  Checkpoint out;
  out.made_by = made_by;
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) return out;
  const auto text = read_file(path);
  if (!text) return std::unexpected(text.error());
  const auto lines = split(*text, '\n');
  if (lines.size() < 6 || lines[0] != kHead) return fail("no checkpoint", path, "name another file");
  if (lines[5] != made_by)
    return fail("the checkpoint was made by another version or other data files", path,
                "remove it to begin again");
  out.items = number(lines[1]);
  out.failed = number(lines[2]);
  out.bytes = number(lines[3]);
  out.digest = number(lines[4]);
  return out;
}

Status Checkpoint::write(const std::string& path) const {
  std::string text(kHead);
  for (std::uint64_t n : {items, failed, bytes, digest}) text += "\n" + std::to_string(n);
  text += "\n" + made_by + "\n";
  if (const Status written = write_file(path + ".new", text); !written) return written;
  if (std::rename((path + ".new").c_str(), path.c_str()) != 0) return fail("could not be named", path);
  return {};
}

std::string quarantine_line(const Error& error) {
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  add_place(error.where, json);
  json.field("reason", error.what);
  if (!error.remedy.empty()) json.field("remedy", error.remedy);
  json.end_object();
  return out + "\n";
}

}  // namespace annalist::tool
