#include "lang/negation.h"

#include <algorithm>

#include "base/strings.h"
#include "pack/stanza.h"

namespace annalist::lang {

namespace {
constexpr int kSure = 170;  // 255ths: the model's head knows few negations and is asked only where it is sure
}

Result<Negations> Negations::load(const std::vector<DataText>& files) {
  Negations out;
  bool any = false;
  for (const DataText& file : files) {
    if (file.name != "patterns/negation.txt") continue;
    any = true;
    auto stanzas = parse_stanzas(file.text, file.name, {"words"});
    if (!stanzas) return std::unexpected(stanzas.error());
    for (const Stanza& s : *stanzas) {
      const auto list = s.list("words");
      if (s.id == "before" || s.id == "after") {
        for (std::string_view w : list) (s.id == "before" ? out.before_ : out.after_).emplace_back(w);
      } else if (s.id == "together" || s.id == "none") {
        for (std::string_view w : list) {
          std::vector<std::string> parts;
          for (std::string_view part : split_list(w, ' ')) parts.emplace_back(part);
          (s.id == "none" ? out.none_ : out.together_).push_back(std::move(parts));
        }
      } else {
        const Kind kind = s.id == "clause"   ? Kind::clause
                          : s.id == "noun"   ? Kind::noun
                          : s.id == "phrase" ? Kind::phrase
                                             : Kind::whole;
        if (kind == Kind::whole && s.id != "whole") return fail("unknown entry [" + s.id + "]", s.where());
        for (std::string_view w : list) out.words_.emplace(std::string(w), kind);
      }
    }
  }
  if (!any) return fail("no words that negate", "patterns/negation.txt", "build the codebook again");
  return out;
}

class NegationFinder {
 public:
  NegationFinder(const Negations& data, const Model& model, const std::vector<std::string_view>& words,
                 const Parsed& parsed, std::uint32_t first, std::uint32_t end)
      : data_(data), model_(model), words_(words), parsed_(parsed), first_(first), end_(end) {
    children_.resize(end - first);
    for (std::uint32_t t = first; t < end; ++t) {
      const std::uint32_t up = parsed.words[t].head;
      if (up != kNoHead && up >= first && up < end && up != t) children_[up - first].push_back(t);
    }
    for (std::uint32_t t = first; t < end; ++t) low_.push_back(lower(words[t]));
    used_.assign(end - first, false);
  }

  std::vector<Negation> run() {
    for (std::uint32_t t = first_; t < end_; ++t) {
      if (used_[t - first_]) continue;
      if (skip(t)) continue;
      if (several(t)) continue;
      const auto known = data_.words_.find(low_[t - first_]);
      if (known != data_.words_.end() && known->second != Negations::Kind::whole) {
        if (tagged_question(t)) continue;
        if (answer(t)) {
          Negation n;
          n.cue = {t};
          out_.push_back(std::move(n));
        } else {
          add({t}, known->second);
        }
        continue;
      }
      affix(t, known != data_.words_.end());
    }
    std::sort(out_.begin(), out_.end(), [](const Negation& a, const Negation& b) { return a.cue < b.cue; });
    by_model();
    return std::move(out_);
  }

 private:
  Upos upos(std::uint32_t t) const { return model_.upos[parsed_.words[t].upos]; }
  Deprel rel(std::uint32_t t) const { return model_.deprel[parsed_.words[t].deprel]; }
  std::uint32_t head(std::uint32_t t) const {
    const std::uint32_t up = parsed_.words[t].head;
    return up != kNoHead && up >= first_ && up < end_ ? up : kNoHead;
  }
  const std::vector<std::uint32_t>& children(std::uint32_t t) const { return children_[t - first_]; }
  bool punct(std::uint32_t t) const { return upos(t) == Upos::punct; }

  bool matches(std::uint32_t t, const std::vector<std::string>& phrase) const {
    for (std::size_t k = 0; k < phrase.size(); ++k)
      if (t + k >= end_ || low_[t + k - first_] != phrase[k]) return false;
    return true;
  }
  /// "no doubt", "not only": passes over the words.
  bool skip(std::uint32_t t) {
    for (const auto& phrase : data_.none_)
      if (matches(t, phrase) && !is_core(static_cast<std::uint32_t>(t + phrase.size() - 1))) {
        for (std::size_t k = 0; k < phrase.size(); ++k) used_[t + k - first_] = true;
        return true;
      }
    return false;
  }
  /// "I have no doubt", "it is no wonder": with its noun as object or predicate it does negate.
  bool is_core(std::uint32_t t) const {
    return upos(t) == Upos::noun &&
           (rel(t) == Deprel::obj || rel(t) == Deprel::root || is_subject(rel(t)) || is_clause(t));
  }
  bool several(std::uint32_t t) {
    for (const auto& phrase : data_.together_) {
      if (phrase.size() == 2 && phrase[0] == "neither" && low_[t - first_] == "neither") {
        for (std::uint32_t k = t + 1; k < end_; ++k)
          if (low_[k - first_] == "nor" && head(k) != kNoHead) {
            used_[k - first_] = true;
            add({t, k}, Negations::Kind::clause);
            return true;
          }
        continue;
      }
      if (!matches(t, phrase)) continue;
      std::vector<std::uint32_t> cue;
      for (std::size_t k = 0; k < phrase.size(); ++k) {
        used_[t + k - first_] = true;
        cue.push_back(static_cast<std::uint32_t>(t + k));
      }
      add(std::move(cue), phrase[0] == "rather" ? Negations::Kind::phrase : Negations::Kind::clause);
      return true;
    }
    return false;
  }
  /// "No, he said": stands for itself.
  bool answer(std::uint32_t t) const {
    if (low_[t - first_] != "no") return false;
    if (upos(t) == Upos::intj || rel(t) == Deprel::discourse) return true;
    return t + 1 < end_ && punct(t + 1);
  }

  /// "is it not?": asks for a yes.
  bool tagged_question(std::uint32_t t) const {
    if (low_[t - first_] != "not" && low_[t - first_] != "n't") return false;
    std::uint32_t next = t + 1;
    if (low_[t - first_] == "n't" && next < end_ && upos(next) == Upos::pron) ++next;
    return next < end_ && words_[next] == "?" && t > first_ + 3;
  }

  // ---- affixes ---------------------------------------------------------------------------------------

  bool open_class(std::uint32_t t) const {
    return upos(t) == Upos::adj || upos(t) == Upos::adv || upos(t) == Upos::noun || upos(t) == Upos::verb;
  }
  /// A word of the vocabulary, or a form of one in the table of lemmas.
  bool known(std::string_view stem, std::uint32_t t) {
    pieces_.clear();
    model_.pieces.cut(stem, token_, pieces_);
    if (stem.size() > 3 && pieces_.size() == 1) return true;
    const std::string_view tag = model_.upos_names[parsed_.words[t].upos];
    if (model_.lemmas.knows(stem, tag)) return true;
    return upos(t) != Upos::noun && (model_.lemmas.knows(stem, "ADJ") || model_.lemmas.knows(stem, "ADV") ||
                                     model_.lemmas.knows(stem, "VERB"));
  }
  void affix(std::uint32_t t, bool whole) {
    if (!open_class(t)) return;
    const std::string& w = low_[t - first_];
    const ModelTags& tag = parsed_.tags[t];
    const int share = tag.negated_by_affix;
    const auto stands = [&](bool by_rule) { return by_rule || share >= kSure; };
    const auto take = [&](std::uint32_t begin, std::uint32_t size) {
      Negation n;
      n.cue = {t};
      n.affix_begin = begin;
      n.affix_size = size;
      n.scope = affix_scope(t);
      out_.push_back(std::move(n));
    };
    for (const std::string& end : data_.after_) {
      if (!w.ends_with(end) || w.size() < end.size() + 3) continue;
      const std::string stem = w.substr(0, w.size() - end.size());
      const bool word = upos(t) != Upos::verb && upos(t) != Upos::noun && known(stem, t);
      if (stands(!whole && word)) return take(static_cast<std::uint32_t>(stem.size()), 4);
    }
    for (const std::string& begin : data_.before_) {
      if (!w.starts_with(begin) || w.size() < begin.size() + 3) continue;
      const std::string_view stem = std::string_view(w).substr(begin.size());
      const bool quality = upos(t) == Upos::adj || upos(t) == Upos::adv;
      const bool adjectival = quality || begin == "un";
      // "un" before an adjective is hardly ever anything else, nor is "in" before one in -able.
      const bool able = w.ends_with("ble") || w.ends_with("bly");
      const bool plain = quality && (begin == "un" || (able && begin[0] == 'i'));
      if (stands(!whole && adjectival && upos(t) != Upos::noun && (plain || known(stem, t))))
        return take(0, static_cast<std::uint32_t>(begin.size()));
    }
  }

  // ---- scopes ----------------------------------------------------------------------------------------

  void subtree(std::uint32_t t, std::vector<std::uint32_t>& out) const {
    std::vector<std::uint32_t> open{t};
    for (std::size_t i = 0; i < open.size() && i < 4096; ++i) {
      out.push_back(open[i]);
      for (const std::uint32_t c : children(open[i]))
        if (!aside(c)) open.push_back(c);
    }
  }
  /// What a negation passes over wherever it hangs: asides, addresses, "nor ..." and "but ...".
  bool aside(std::uint32_t c) const {
    const Deprel d = rel(c);
    if (d == Deprel::parataxis || d == Deprel::vocative || d == Deprel::discourse) return true;
    if (d != Deprel::conj) return false;
    return std::any_of(children(c).begin(), children(c).end(), [&](std::uint32_t x) {
      return rel(x) == Deprel::cc && (low_[x - first_] == "nor" || low_[x - first_] == "but");
    });
  }
  static bool is_subject(Deprel d) {
    return d == Deprel::nsubj || d == Deprel::nsubj_pass || d == Deprel::csubj || d == Deprel::csubj_pass ||
           d == Deprel::expl || d == Deprel::nsubj_outer;
  }
  bool has_subject(std::uint32_t t) const {
    return std::any_of(children(t).begin(), children(t).end(),
                       [&](std::uint32_t c) { return is_subject(rel(c)); });
  }
  bool is_clause(std::uint32_t t) const {
    if (upos(t) == Upos::verb || upos(t) == Upos::aux) return true;
    return std::any_of(children(t).begin(), children(t).end(),
                       [&](std::uint32_t c) { return rel(c) == Deprel::cop || is_subject(rel(c)); });
  }
  /// The predicate that a word inside a clause belongs to.
  std::uint32_t predicate_of(std::uint32_t t) const {
    for (std::uint32_t steps = 0; steps < end_ - first_; ++steps) {
      const std::uint32_t up = head(t);
      if (up == kNoHead || (is_clause(t) && steps > 0)) return t;
      // "Nothing of the sort, he said": the clause that it stands for ends here.
      const Deprel d = rel(t);
      if (d == Deprel::parataxis || d == Deprel::ccomp || d == Deprel::advcl) return t;
      t = up;
    }
    return t;
  }
  /// A clause without what is only joined to it.
  std::vector<std::uint32_t> clause(std::uint32_t t) const {
    std::vector<std::uint32_t> out{t};
    for (const std::uint32_t c : children(t)) {
      const Deprel d = rel(c);
      const bool clausal = is_clause(c);
      if (d == Deprel::punct || d == Deprel::cc || d == Deprel::parataxis || d == Deprel::discourse ||
          d == Deprel::vocative)
        continue;
      if (d == Deprel::mark && low_[c - first_] != "to") continue;
      if (aside(c) || (d == Deprel::conj && (clausal || c > t + 12))) continue;
      if ((d == Deprel::obl || d == Deprel::advmod) && c < t && !asks(c) &&
          (closed_by_comma(c) || before_subject(c, t)))
        continue;
      if (d == Deprel::advcl && c > t && reason(c)) continue;
      if (d == Deprel::advcl && (after_comma(c) || (c < t && !asks(c)))) continue;
      if (d == Deprel::advmod && c < t && c + 1 < end_ && c == start_of(t) && punct(c + 1)) continue;
      subtree(c, out);
    }
    if (!has_subject(t)) share_subject(t, out);
    return out;
  }
  /// "yesterday he did not come", "to us there is no end": what is set in front of the subject stays outside.
  bool before_subject(std::uint32_t c, std::uint32_t t) const {
    return std::any_of(children(t).begin(), children(t).end(),
                       [&](std::uint32_t x) { return is_subject(rel(x)) && x > c && start_of(x) > c; });
  }
  /// "how he came I do not know", "where they are nobody knows": begins with a word that asks.
  bool asks(std::uint32_t c) const {
    const std::string& w = low_[start_of(c) - first_];
    return w.starts_with("wh") || w == "how";
  }
  std::uint32_t start_of(std::uint32_t t) const {
    std::vector<std::uint32_t> all;
    subtree(t, all);
    return *std::min_element(all.begin(), all.end());
  }
  /// "since he was ill", "though it rained": a clause of its own.
  bool reason(std::uint32_t c) const {
    return std::any_of(children(c).begin(), children(c).end(), [&](std::uint32_t x) {
      const std::string& w = low_[x - first_];
      return rel(x) == Deprel::mark && (w == "since" || w == "because" || w == "though" || w == "although" ||
                                        w == "for" || w == "till");
    });
  }
  bool closed_by_comma(std::uint32_t c) const {
    std::vector<std::uint32_t> all;
    subtree(c, all);
    const std::uint32_t last = *std::max_element(all.begin(), all.end());
    return punct(last) || (last + 1 < end_ && punct(last + 1));
  }
  bool after_comma(std::uint32_t c) const {
    const std::uint32_t a = start_of(c);
    return a > first_ && punct(a - 1);
  }
  void share_subject(std::uint32_t t, std::vector<std::uint32_t>& out) const {
    const std::uint32_t up = head(t);
    if (up == kNoHead) return;
    const Deprel d = rel(t);
    if (d != Deprel::conj && d != Deprel::xcomp && d != Deprel::advcl) return;
    if (d == Deprel::xcomp)
      for (const std::uint32_t c : children(up))
        if (rel(c) == Deprel::obj) return subtree(c, out);
    for (const std::uint32_t c : children(up))
      if (is_subject(rel(c))) subtree(c, out);
  }

  void add(std::vector<std::uint32_t> cue, Negations::Kind kind) {
    Negation n;
    const std::uint32_t t = cue.back();
    std::uint32_t at = head(t);
    if (at == kNoHead) at = t;
    if (kind == Negations::Kind::phrase) {
      subtree(at, n.scope);
      if (rel(t) == Deprel::root || children(t).size() > 1) subtree(t, n.scope);
    } else if (kind == Negations::Kind::noun && low_[t - first_] == "no" && set_aside(at)) {
      subtree(at, n.scope);
      std::erase_if(n.scope, [&](std::uint32_t x) { return head(x) == at && rel(x) == Deprel::case_; });
    } else if (kind == Negations::Kind::noun) {
      n.scope = clause(predicate_of(low_[t - first_] == "no" ? at : t));
      if (low_[t - first_] == "no") subtree(at, n.scope);
    } else if (is_clause(at)) {
      n.scope = clause(at);
    } else if (rel(t) == Deprel::advmod && (upos(at) == Upos::adj || upos(at) == Upos::adv ||
                                            upos(at) == Upos::noun || upos(at) == Upos::propn)) {
      subtree(at, n.scope);
    } else {
      n.scope = clause(predicate_of(at));
    }
    n.cue = std::move(cue);
    tidy(n);
    out_.push_back(std::move(n));
  }
  /// "with no guide": an aside about a noun or a clause, which it leaves as it is.
  bool set_aside(std::uint32_t noun) const {
    return std::any_of(children(noun).begin(), children(noun).end(), [&](std::uint32_t x) {
      return rel(x) == Deprel::case_ && low_[x - first_] == "with";
    });
  }
  std::vector<std::uint32_t> affix_scope(std::uint32_t t) const {
    std::vector<std::uint32_t> out;
    const std::uint32_t up = head(t);
    if (rel(t) == Deprel::amod && up != kNoHead) {
      subtree(t, out);
      out.push_back(up);
      for (const std::uint32_t c : children(up))
        if (rel(c) == Deprel::det || rel(c) == Deprel::nmod_poss ||
            (rel(c) != Deprel::amod && rel(c) != Deprel::conj && rel(c) != Deprel::cc &&
             rel(c) != Deprel::appos && !is_clause(up) && c > up && !punct(c) && !after_comma(c)))
          subtree(c, out);
    } else if (rel(t) == Deprel::conj) {
      subtree(t, out);
    } else if (rel(t) == Deprel::advmod && up != kNoHead && is_clause(up)) {
      out = clause(up);
    } else if (is_clause(t) || rel(t) == Deprel::xcomp || rel(t) == Deprel::root) {
      out = clause(t);
    } else {
      subtree(t, out);
    }
    Negation n;
    n.scope = std::move(out);
    n.scope.push_back(t);
    tidy(n);
    return n.scope;
  }
  void tidy(Negation& n) const {
    std::sort(n.scope.begin(), n.scope.end());
    n.scope.erase(std::unique(n.scope.begin(), n.scope.end()), n.scope.end());
    std::erase_if(n.scope, [&](std::uint32_t t) {
      return punct(t) || std::find(n.cue.begin(), n.cue.end(), t) != n.cue.end();
    });
  }

  /// Words that the model is sure are negated join the scope beside them.
  void by_model() {
    if (out_.empty() || !parsed_.tags[first_].has_negation) return;
    for (std::uint32_t t = first_; t < end_; ++t) {
      if (parsed_.tags[t].in_scope < kSure || punct(t)) continue;
      Negation* nearest = nullptr;
      std::uint32_t least = 0xFFFFFFFFu;
      bool inside = false;
      for (Negation& n : out_) {
        inside |= std::binary_search(n.scope.begin(), n.scope.end(), t) ||
                  (!n.affix_size && std::find(n.cue.begin(), n.cue.end(), t) != n.cue.end());
        for (const std::uint32_t s : n.scope) {
          const std::uint32_t far = s > t ? s - t : t - s;
          if (far < least) least = far, nearest = &n;
        }
      }
      if (inside || !nearest || least > 3) continue;
      nearest->scope.insert(std::upper_bound(nearest->scope.begin(), nearest->scope.end(), t), t);
    }
  }

  const Negations& data_;
  const Model& model_;
  const std::vector<std::string_view>& words_;
  const Parsed& parsed_;
  std::uint32_t first_, end_;
  std::vector<std::vector<std::uint32_t>> children_;
  std::vector<std::string> low_;
  std::vector<bool> used_;
  std::string token_;
  std::vector<std::uint32_t> pieces_;
  std::vector<Negation> out_;
};

std::vector<Negation> Negations::find(const Model& model, const std::vector<std::string_view>& words,
                                      const Parsed& parsed, std::uint32_t first, std::uint32_t end) const {
  return NegationFinder(*this, model, words, parsed, first, end).run();
}

}  // namespace annalist::lang
