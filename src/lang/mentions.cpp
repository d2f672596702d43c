#include "lang/mentions.h"

#include <algorithm>

#include "base/strings.h"

namespace annalist::lang {
namespace {

// Words that are part of another phrase's head, not heads of phrases.
bool is_part_of_head(Deprel relation) {
  switch (relation) {
    case Deprel::compound:
    case Deprel::fixed:
    case Deprel::flat:
    case Deprel::goeswith:
    case Deprel::case_:
    case Deprel::cc:
    case Deprel::mark:
    case Deprel::advmod:
    case Deprel::discourse:
    case Deprel::reparandum:
      return true;
    default:
      return false;
  }
}

bool is_personal(std::string_view feats) { return feats.find("PronType=Prs") != std::string_view::npos; }

class Finder {
 public:
  Finder(const Tree& tree, const Sentence& sentence, const Model& model, const TokenTags& tags,
         std::vector<Mention>& out, const TerritoryWords* territory)
      : tree_(tree),
        range_(sentence.tokens),
        model_(model),
        tags_(tags),
        out_(out),
        territory_(territory),
        first_(out.size()) {}

  void run() {
    find_names();
    for (std::uint32_t t = range_.first; t < range_.end(); ++t) find_at(Id<Token>(t));
    std::stable_sort(out_.begin() + static_cast<std::ptrdiff_t>(first_), out_.end(),
                     [](const Mention& a, const Mention& b) {
                       return a.span.begin != b.span.begin ? a.span.begin < b.span.begin
                                                           : a.span.end > b.span.end;
                     });
  }

 private:
  const NameTag& tag(std::uint32_t t) const { return model_.name_tags[tags_[t]]; }

  void find_names() {
    for (std::uint32_t t = range_.first; t < range_.end(); ++t) {
      if (!tag(t).kept || divides(t)) continue;
      std::uint32_t next = t + 1, end = t + 1;  // "Houston ," ends before its comma
      for (; next < range_.end() && tag(next).position == NameTag::inside && tag(next).kind == tag(t).kind;
           ++next)
        if (!divides(next)) end = next + 1;
      add({t, end - t}, head_of({t, end - t}), tag(t).type, MentionForm::name);
      t = next - 1;
    }
  }

  // No name begins or ends with these.
  bool divides(std::uint32_t t) const {
    const std::string_view word = tree_.text(Id<Token>(std::size_t(t)));
    return word == "," || word == ";" || word == ":" || word == "-" || word == "/";
  }

  Id<Token> head_of(Range<Token> tokens) const {
    for (std::uint32_t t = tokens.first; t < tokens.end(); ++t)
      if (const Id<Token> head = tree_.head(Id<Token>(t)); !head || !tokens.contains(head))
        return Id<Token>(t);
    return tokens[0];
  }

  bool in_name(Id<Token> t) const { return tag(t.value).kept; }

  void find_at(Id<Token> t) {
    const Syntax& syntax = tree_[t];
    if (syntax.upos == Upos::pron) {
      if (is_personal(tree_.doc().str(syntax.feats)) && syntax.deprel != Deprel::expl)
        add({t.value, 1}, t, pronoun_type(syntax), MentionForm::pronoun);
    } else if ((syntax.upos == Upos::noun || syntax.upos == Upos::propn) && !in_name(t) &&
               !is_part_of_head(syntax.deprel)) {
      add(tokens_of(tree_.phrase(t)), t, EntityType::misc, MentionForm::nominal);
    } else if (territory_ && !in_name(t) && territory_->is_holder(tree_, t)) {
      add({t.value, 1}, t, EntityType::misc, MentionForm::nominal);
    }
  }

  // he, she, we, you, I are persons; it, they may be anything.
  static EntityType pronoun_type(const Syntax& s) {
    return s.is(MorphFlag::masculine) || s.is(MorphFlag::feminine) || s.is(MorphFlag::first_person) ||
                   s.is(MorphFlag::second_person)
               ? EntityType::per
               : EntityType::misc;
  }

  // The run of tokens under a span that begins and ends with tokens of this sentence.
  Range<Token> tokens_of(Span span) const {
    const auto tokens = tree_.doc()[range_];
    const auto begin = std::lower_bound(tokens.begin(), tokens.end(), span.begin,
                                        [](const Token& t, std::uint32_t b) { return t.span.begin < b; });
    const auto end = std::lower_bound(begin, tokens.end(), span.end,
                                      [](const Token& t, std::uint32_t b) { return t.span.begin < b; });
    return {range_.first + static_cast<std::uint32_t>(begin - tokens.begin()),
            static_cast<std::uint32_t>(end - begin)};
  }

  void add(Range<Token> tokens, Id<Token> head, EntityType type, MentionForm form) {
    const Span span =
        tree_.token(tokens[0]).span.join(tree_.token(Id<Token>(std::size_t(tokens.end() - 1))).span);
    out_.push_back({span, tokens, head, type, form});
  }

  const Tree& tree_;
  const Range<Token> range_;
  const Model& model_;
  const TokenTags& tags_;
  std::vector<Mention>& out_;
  const TerritoryWords* territory_;
  std::size_t first_;
};

}  // namespace

void find_mentions(const Tree& tree, const Sentence& sentence, const Model& model, const TokenTags& tags,
                   std::vector<Mention>& out, const TerritoryWords* territory) {
  Finder(tree, sentence, model, tags, out, territory).run();
}

}  // namespace annalist::lang
