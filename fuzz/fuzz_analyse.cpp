// Any text -> sentences -> both tiers and the gate (toy models: random weights, all of the code). The first
// byte says which sentences count as found; every word must be read, and none may point outside its sentence.
#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/utf8.h"
#include "fuzz_data.h"
#include "lang/analyse.h"
#include "lang/gate.h"
#include "lang/segment.h"
#include "lang/toy_model.h"

namespace {

using namespace annalist;

void check(const Document& doc) {
  const auto tokens = doc.all<Token>();
  const auto outside = [&](Id<Token> a, Id<Token> b) {
    return a.value >= tokens.size() || tokens[a.value].sentence != tokens[b.value].sentence;
  };
  if (doc.all<Syntax>().size() != tokens.size() || doc.all<ModelTags>().size() != tokens.size())
    __builtin_trap();
  if (const auto deeds = doc.all<DeedTag>(); !deeds.empty() && deeds.size() != tokens.size())
    __builtin_trap();
  for (std::size_t t = 0; t < tokens.size(); ++t)
    if (const Id<Token> head = doc.all<Syntax>()[t].head; head && outside(head, Id<Token>(t)))
      __builtin_trap();
  for (const Predicate& p : doc.all<Predicate>())
    for (const Argument& a : doc[p.arguments])
      if (outside(a.head, p.token) || a.span.end > doc.text().size()) __builtin_trap();
  for (const Mention& m : doc.all<Mention>())
    if (!m.tokens.contains(m.head) || m.span.end > doc.text().size()) __builtin_trap();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto accurate = test::toy_model(), fast = test::toy_model(lang::Tier::fast);
  static const Segment segment = Segment::load(fuzz::data_texts()).value();
  static const auto gate =
      std::make_shared<const lang::GateWords>(lang::GateWords::load(fuzz::data_texts()).value());
  static const Analyse slow(accurate), gated(fast, accurate, gate);
  static Workspace work;  // kept, as a worker keeps its own
  if (size == 0) return 0;
  size = std::min<std::size_t>(size, 8192);  // read four times over
  const std::string text = repair_utf8({reinterpret_cast<const char*>(data + 1), size - 1});
  const auto document = [&] {
    Document doc("fuzz", text);
    const auto half = static_cast<std::uint32_t>(text.find('\n') == std::string::npos ? 0 : text.find('\n'));
    const std::vector<Block> blocks{{{0, half}, BlockKind::headline},
                                    {{half, static_cast<std::uint32_t>(text.size())}, BlockKind::paragraph}};
    doc.fill(blocks);
    segment.run(doc, work);
    return doc;
  };
  Document one = document(), two = document(), three = document();
  slow.run(one, work);
  check(one);
  gated.run(two, work);
  check(two);
  std::vector<std::uint8_t> found(three.all<Sentence>().size());
  for (std::size_t s = 0; s < found.size(); ++s) found[s] = data[0] >> (s % 8) & 1;
  gated.run(three, work);
  Document four = document();
  const GateCount count = gated.run_again(four, work, found);
  check(four);
  if (count.passed > count.sentences || count.sentences > found.size()) __builtin_trap();
  return 0;
}
