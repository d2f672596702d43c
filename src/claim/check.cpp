#include "claim/check.h"

#include <algorithm>

#include "base/strings.h"

namespace annalist::claims {
namespace {

/// Where the words stand in the sentence; empty if they were not marked.
Span find(std::string_view sentence, std::string_view words) {
  const std::size_t at = words.empty() ? std::string_view::npos : sentence.find(words);
  if (at == std::string_view::npos) return {};
  return {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + words.size())};
}

bool touch(Span a, Span b) { return a.begin < b.end && b.begin < a.end; }

std::string missing(const Document& doc, const Example& e) {
  const Span cue = find(e.text, e.cue_words), source = find(e.text, e.source),
             content = find(e.text, e.content);
  std::string best = "no claim";
  for (const Claim& c : doc.all<Claim>()) {
    if (c.form == ClaimForm::narrator || !touch(c.cue, cue)) continue;
    if (!source.empty() && !touch(c.source_span, source)) {
      best = "another source";
      continue;
    }
    const auto parts = doc[c.content];
    if (!content.empty() && std::none_of(parts.begin(), parts.end(),
                                         [&](const ClaimContent& x) { return touch(x.span, content); })) {
      best = "another content";
      continue;
    }
    return {};
  }
  return best;
}

/// The words of a cue that belong to the entry: "said" of "say".
bool of_entry(const Document& doc, const CueTable& cues, std::string_view entry, Span cue) {
  for (std::size_t t = 0; t < doc.all<Token>().size(); ++t) {
    if (!touch(doc.all<Token>()[t].span, cue)) continue;
    const std::string lemma = lower(doc.str(doc.all<Syntax>()[t].lemma));
    for (const CueClass type : {CueClass::verb, CueClass::noun})
      for (const std::uint32_t i : cues.find(type, lemma))
        if (cues[i].id == entry) return true;
  }
  return false;
}

std::string unwanted(const Document& doc, const CueTable& cues, const Example& e) {
  for (const Claim& c : doc.all<Claim>())
    if (c.form != ClaimForm::narrator && !c.attitude && of_entry(doc, cues, e.cue, c.cue))
      return "a claim by '" + std::string(doc.text(c.cue)) + "'";
  return {};
}

}  // namespace

std::vector<FailedExample> check_examples(const FindClaims& stage,
                                          const std::function<Document(std::string_view)>& parse) {
  std::vector<FailedExample> out;
  Workspace work;
  for (const Example& e : stage.cues().examples()) {
    if (e.must && (e.cue_words.empty() || stage.cues().is_helper(e.cue))) continue;
    Document doc = parse(e.text);
    stage.run(doc, work);
    std::string problem = e.must ? missing(doc, e) : unwanted(doc, stage.cues(), e);
    if (e.missed) problem = problem.empty() ? "holds now: drop the '?' in front of it" : "";
    if (!problem.empty()) out.push_back({e.cue, std::move(problem), e.text});
  }
  return out;
}

}  // namespace annalist::claims
