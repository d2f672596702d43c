#include "support.h"

#include "base/file.h"

namespace annalist::test {

namespace {

const std::vector<DataText>& files() {
  static const char* const kNames[] = {"agencies", "page_phrases", "page_tokens", "months", "languages"};
  static std::vector<std::string> names, texts;
  static std::vector<DataText> out;
  if (out.empty()) {
    for (const char* name : kNames) {
      names.push_back("patterns/" + std::string(name) + ".txt");
      texts.push_back(read_file("data/" + names.back()).value());
    }
    for (std::size_t i = 0; i < names.size(); ++i) out.push_back({names[i], texts[i]});
  }
  return out;
}

}  // namespace

const page::Patterns& patterns() {
  static const page::Patterns p = page::Patterns::load(files()).value();
  return p;
}

const Reader& reader() {
  static const Reader r = Reader::load(files()).value();
  return r;
}

Document read(std::string bytes, RawPage::Form form) {
  RawPage raw;
  raw.bytes = std::move(bytes);
  raw.form = form;
  Workspace work;
  return reader().read(raw, work);
}

std::string dump(const Document& doc) {
  std::string out;
  for (const Block& b : doc.all<Block>()) {
    out += name_of(b.kind);
    out += ": ";
    out += doc.text(b.span);
    out += '\n';
  }
  return out;
}

bool has_code(const Document& doc, std::string_view code) {
  for (const Diagnostic& d : doc.diagnostics())
    if (doc.str(d.code) == code) return true;
  return false;
}

}  // namespace annalist::test
