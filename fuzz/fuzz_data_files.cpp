// Untrusted data texts and packs: errors, never crashes.
#include <cstdint>
#include <string>
#include <string_view>

#include "base/utf8.h"
#include "fuzz_data.h"
#include "lang/segment.h"
#include "pack/stanza.h"
#include "time/find_times.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace annalist;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  static_cast<void>(parse_stanzas(text, "fuzz"));
  static_cast<void>(parse_table(text, "fuzz"));
  static const Segment segment = *Segment::load(fuzz::data_texts());
  static const FindTimes times = *FindTimes::load(fuzz::data_texts());
  static Workspace work;
  Document doc("fuzz", repair_utf8(text));
  doc.fill<Block>({{{0, static_cast<std::uint32_t>(doc.text().size())}, BlockKind::paragraph}});
  segment.run(doc, work);
  times.run(doc, work);
  for (const Time& t : doc.all<Time>())
    if (t.span.end > doc.text().size() || t.span.empty()) __builtin_trap();
  return 0;
}
