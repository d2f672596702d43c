// Bytes as any input form -> raw pages -> documents. Nothing may crash, hang or lose the rest. FUZZ_FORM in
// the environment names the form ("warc"); without it the first byte chooses one.
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
  constexpr const char* kForms[] = {"",      "html", "text",     "json",    "jsonl", "csv",
                                    "tsv",   "warc", "feed",     "sitemap", "mhtml", "factiva",
                                    "nexis", "docx", "petrarch", "arc"};
  static const char* const given = std::getenv("FUZZ_FORM");
  if (given != nullptr && !is_source_form(given)) __builtin_trap();  // a slip in fuzz/run.sh
  std::string_view bytes(reinterpret_cast<const char*>(data), size);
  SourceOptions options;
  options.form = given ? given : kForms[size ? data[0] % std::size(kForms) : 0];
  if (!given && size) bytes.remove_prefix(1);
  for (const auto& page : read_pages(bytes, "fuzz", options))
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
