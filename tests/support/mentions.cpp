#include "support/mentions.h"

#include <algorithm>
#include <stdexcept>
#include <string>

#include "doc/tree.h"

namespace annalist::test {

namespace {

Range<Token> tokens_in(const Document& doc, Span span) {
  Range<Token> out;
  const auto tokens = doc.all<Token>();
  for (std::uint32_t t = 0; t < tokens.size(); ++t)
    if (span.contains(tokens[t].span)) {
      if (out.count == 0) out.first = t;
      out.count = t + 1 - out.first;
    }
  return out;
}

}  // namespace

void add_mentions(Document& doc, std::vector<std::pair<std::string_view, EntityType>> names) {
  std::stable_sort(names.begin(), names.end(),
                   [](const auto& a, const auto& b) { return a.first.size() > b.first.size(); });
  const Tree tree(doc);
  const auto tokens = doc.all<Token>();
  std::vector<bool> taken(tokens.size());
  std::vector<Mention> out;
  for (const auto& [text, type] : names) {
    bool found = false;
    for (std::size_t at = doc.text().find(text); at != std::string_view::npos;
         at = doc.text().find(text, at + 1)) {
      const Span span{static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + text.size())};
      const Range<Token> range = tokens_in(doc, span);
      if (range.empty() || tokens[range.first].span.begin != span.begin ||
          tokens[range.end() - 1].span.end != span.end)
        continue;
      found = true;
      if (std::any_of(taken.begin() + range.first, taken.begin() + range.end(), [](bool b) { return b; }))
        continue;
      std::fill(taken.begin() + range.first, taken.begin() + range.end(), true);
      Id<Token> head = range[0];
      for (std::uint32_t t = range.end(); t-- > range.first;)
        if (const Id<Token> above = tree.head(Id<Token>(t)); !above || !range.contains(above))
          head = Id<Token>(t);
      out.push_back({span, range, head, type, MentionForm::name});
    }
    if (!found) throw std::runtime_error("no such name in the text: " + std::string(text));
  }
  for (std::uint32_t t = 0; t < tokens.size(); ++t) {
    const Syntax& s = tree[Id<Token>(t)];
    const bool inner = s.deprel == Deprel::compound || s.deprel == Deprel::flat ||
                       s.deprel == Deprel::fixed || s.deprel == Deprel::case_ || s.deprel == Deprel::cc;
    if (s.upos == Upos::pron && s.deprel != Deprel::expl && s.deprel != Deprel::det)
      out.push_back({tokens[t].span, {t, 1}, Id<Token>(t), EntityType::misc, MentionForm::pronoun});
    else if ((s.upos == Upos::noun || s.upos == Upos::propn) && !taken[t] && !inner) {
      const Span span = tree.phrase(Id<Token>(t));
      out.push_back({span, tokens_in(doc, span), Id<Token>(t), EntityType::misc, MentionForm::nominal});
    }
  }
  std::stable_sort(out.begin(), out.end(), [](const Mention& a, const Mention& b) {
    return a.span.begin != b.span.begin ? a.span.begin < b.span.begin : a.span.end > b.span.end;
  });
  doc.fill(out);
}

Id<Mention> mention_of(const Document& doc, std::string_view text, std::size_t from) {
  const auto mentions = doc.all<Mention>();
  for (std::size_t m = from; m < mentions.size(); ++m)
    if (doc.text(mentions[m].span) == text) return Id<Mention>(m);
  throw std::runtime_error("no such mention: " + std::string(text));
}

}  // namespace annalist::test
