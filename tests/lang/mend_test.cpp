#include "lang/mend.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "base/strings.h"
#include "doc/morph.h"

namespace annalist::lang {
namespace {

/// Words as "form:head:relation:F" (heads from 1, F for a finite verb) to heads and relations after the
/// mending.
std::string mended(std::string_view text) {
  Model model;
  Parsed parsed;
  std::vector<std::string_view> words;
  model.feats_flags = {0, static_cast<std::uint16_t>(MorphFlag::finite)};
  std::vector<std::string> names;
  const auto label = [&](std::string_view name) {
    for (std::size_t i = 0; i < names.size(); ++i)
      if (names[i] == name) return static_cast<std::uint16_t>(i);
    names.emplace_back(name);
    model.deprel.push_back(deprel_of(name));
    return static_cast<std::uint16_t>(names.size() - 1);
  };
  model.subject_label = label("nsubj");
  for (const std::string_view word : split_list(text, ' ')) {
    const auto cells = split_list(word, '/');
    ParsedWord w;
    const auto head = static_cast<std::uint32_t>(std::stoul(std::string(cells[1])));
    w.head = head == 0 ? kNoHead : head - 1;
    w.deprel = label(cells[2]);
    w.feats = cells.size() > 3;
    words.push_back(cells[0]);
    parsed.words.push_back(w);
  }
  mend_trees(model, words, parsed);
  std::string out;
  for (const ParsedWord& w : parsed.words)
    out +=
        (out.empty() ? "" : " ") + std::to_string(w.head == kNoHead ? 0 : w.head + 1) + "/" + names[w.deprel];
  return out;
}

}  // namespace

TEST_CASE("a verb with an object and no auxiliary of the passive is active") {
  CHECK(mended("bomb/2/nsubj:pass killed/0/root/F ten/2/obj") == "2/nsubj 0/root 2/obj");
  CHECK(mended("bomb/2/nsubj:pass killed/0/root ten/2/obj") == "2/nsubj 0/root 2/obj");
  // A passive keeps its subject: it has the auxiliary, or no object, or is no past tense.
  CHECK(mended("ten/3/nsubj:pass were/3/aux:pass given/0/root/F food/3/obj").starts_with("3/nsubj:pass "));
  CHECK(mended("ten/2/nsubj:pass killed/0/root/F").starts_with("2/nsubj:pass "));
  CHECK(mended("men/2/nsubj:pass given/0/root medals/2/obj").starts_with("2/nsubj:pass "));
}

TEST_CASE("what stands before reported words belongs to them") {
  CHECK(mended("there/4/advmod bomb/3/nsubj fell/4/ccomp said/0/root") == "3/advmod 3/nsubj 4/ccomp 0/root");
  // Behind them, or before a saying whose words follow, it stays.
  CHECK(mended("bomb/2/nsubj fell/3/ccomp said/0/root there/3/advmod").ends_with(" 3/advmod"));
  CHECK(mended("there/2/advmod said/0/root bomb/4/nsubj fell/2/ccomp").starts_with("2/advmod "));
}

TEST_CASE("the speaker behind the words reported is the subject of the saying") {
  CHECK(mended("Kenya/2/nsubj left/5/ccomp two/4/nummod officials/2/nsubj said/0/root") ==
        "2/nsubj 5/ccomp 4/nummod 5/nsubj 0/root");
  // A saying that has its subject takes no other.
  CHECK(mended("Kenya/2/nsubj left/5/ccomp men/2/nsubj they/5/nsubj said/0/root") ==
        "2/nsubj 5/ccomp 2/nsubj 5/nsubj 0/root");
  // Nor one whom it describes: that would close a circle, and whoever climbs the tree would never end.
  CHECK(mended("was/0/root left/4/ccomp man/1/nsubj said/3/acl:relcl") ==
        "0/root 4/ccomp 1/nsubj 3/acl:relcl");
}

}  // namespace annalist::lang
