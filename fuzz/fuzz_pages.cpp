// Bytes as any input format -> raw pages -> documents. Nothing may crash, hang or lose the rest. The first
// byte chooses the format, or FUZZ_AS=archive.warc (a name below) in the environment.
#include <cstdint>
#include <cstdlib>
#include <iterator>
#include <string_view>

#include "fuzz_data.h"
#include "page/reader.h"
#include "source/source.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace annalist;
  static const Reader reader = *Reader::load(fuzz::data_texts());
  static Workspace work;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  constexpr const char* kNames[] = {"page.html", "text.txt",  "lines.jsonl", "archive.warc", "feed.xml",
                                    "unknown",   "table.csv", "saved.mhtml", "word.docx",    "old.arc"};
  static const char* const given = std::getenv("FUZZ_AS");
  const char* name = given ? given : kNames[size ? data[0] % std::size(kNames) : 0];
  for (const auto& page : read_pages(bytes.substr(size ? 1 : 0), name))
    if (page) {
      const Document doc = reader.read(*page, work);
      std::uint32_t at = 0;
      for (const Block& b : doc.all<Block>()) {
        if (b.span.begin < at || b.span.end < b.span.begin || b.span.end > doc.text().size())
          __builtin_trap();
        at = b.span.begin;
      }
    }
  return 0;
}
