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

Result<Reader> reader_with(std::string_view name, std::string_view text) {
  std::vector<DataText> all = files();
  all.push_back({name, text});
  return Reader::load(all);
}

Document read(std::string bytes, RawPage::Form form) {
  RawPage raw;
  raw.bytes = std::move(bytes);
  raw.form = form;
  Workspace work;
  return reader().read(raw, work);
}

Document read_page(const std::string& head, const std::string& body, std::string url,
                   const std::string& language) {
  RawPage raw;
  raw.bytes = "<html lang=" + language + "><head>" + head + "</head><body>" + body + "</body></html>";
  raw.form = RawPage::Form::html;
  raw.url = std::move(url);
  Workspace work;
  return reader().read(raw, work);
}

const std::string kProse =
    "<p>Soldiers entered the town in the early morning, residents said. They met no resistance, and the "
    "market opened "
    "at noon as on every other day of the week.</p><p>The governor said that the road to the coast would be "
    "open again "
    "before the end of the month, and that the wounded had been brought to the capital.</p>";

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
