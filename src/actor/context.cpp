#include "actor/context.h"

#include <algorithm>

#include "base/strings.h"

namespace annalist {

ActorContext::ActorContext(const ActorBase& base, const Document& doc)
    : base_(&base), doc_(&doc), tree_(doc), today_(doc.reference_day()) {
  const auto mentions = doc.all<Mention>();
  const std::size_t tokens = doc.all<Token>().size();
  drafts.resize(mentions.size());
  name_at_.resize(tokens);
  headed_by_.resize(tokens);
  place_at_.resize(tokens);
  for (std::size_t m = 0; m < mentions.size(); ++m) {
    const Mention& mention = mentions[m];
    const std::uint32_t end = std::min<std::uint32_t>(mention.tokens.end(), std::uint32_t(tokens));
    if (mention.form == MentionForm::name) {
      names_.insert(actor_key(doc.text(mention.span)));
      for (std::uint32_t t = mention.tokens.first; t < end; ++t)
        if (!name_at_[t] || mentions[name_at_[t].value].tokens.count > mention.tokens.count)
          name_at_[t] = Id<Mention>(m);
    }
    if (!mention.head || mention.head.value >= tokens) continue;
    Id<Mention>& at = headed_by_[mention.head.value];
    if (!at || (mentions[at.value].form == MentionForm::name && mention.form == MentionForm::nominal))
      at = Id<Mention>(m);
  }
  const auto places = doc.all<Place>();
  for (std::size_t p = 0; p < places.size(); ++p)
    for (std::uint32_t t = places[p].tokens.first; t < places[p].tokens.end() && t < tokens; ++t)
      place_at_[t] = Id<Place>(p);
  count_countries();
}

const ActorCountry* ActorContext::country_at(Id<Token> t) const {
  const std::string_view text = tree_.text(t);
  if (text.empty() || !is_upper(text[0])) return nullptr;
  const ActorCountry* country = base_->country_named(text);
  if (!country) country = base_->country_of_demonym(text);
  return country ? country : place_country(t);
}

void ActorContext::count_countries() {
  const auto tokens = doc_->all<Token>();
  for (std::uint32_t t = 0; t < tokens.size(); ++t)
    if (const ActorCountry* country = country_at(Id<Token>(t))) ++countries_[country->iso3];
  for (const Mention& m : doc_->all<Mention>()) {
    if (m.form != MentionForm::name || m.tokens.count < 2) continue;
    if (const ActorCountry* country = base_->country_named(doc_->text(m.span))) ++countries_[country->iso3];
  }
  int total = 0;
  std::string best;
  int most = 0;
  for (const auto& [iso3, n] : countries_) {
    total += n;
    if (n > most || (n == most && iso3 < best)) {
      most = n;
      best = iso3;
    }
  }
  if (most * 2 > total && (most >= 2 || most == total)) main_country_ = best;
  for (const Sentence& sentence : doc_->all<Sentence>()) {
    std::string& home = home_.emplace_back(main_country_);
    const std::string* other = nullptr;
    bool main = false, many = false;
    for (std::uint32_t t = sentence.tokens.first; t < sentence.tokens.end(); ++t)
      if (const ActorCountry* country = country_at(Id<Token>(t))) {
        main |= country->iso3 == main_country_;
        // Another state may only be spoken of; where somebody is says more.
        const Id<Place> at = place_at_[t];
        if (!at || (*doc_)[at].precision == PlacePrecision::country || (*doc_)[at].role != PlaceRole::mention)
          continue;
        many |= other && *other != country->iso3;
        other = &country->iso3;
      }
    if (!main && other && !main_country_.empty()) home = many ? std::string() : *other;
  }
}

const std::string& ActorContext::home_at(Id<Token> t) const { return home_[tree_.token(t).sentence]; }

int ActorContext::country_weight(std::string_view iso3) const {
  const auto it = countries_.find(std::string(iso3));
  return it == countries_.end() ? 0 : it->second;
}

const ActorCountry* ActorContext::place_country(Id<Token> t) const {
  const Id<Place> at = place_at_[t.value];
  if (!at) return nullptr;
  const Place& place = (*doc_)[at];
  return place.country ? base_->country_of_iso2(doc_->str(place.country)) : nullptr;
}

void ActorContext::set_spots(std::vector<ActorSpot> spots) { spots_ = std::move(spots); }

const ActorSpot* ActorContext::spot_at(Id<Token> t) const {
  const auto after =
      std::ranges::upper_bound(spots_, t.value, {}, [](const ActorSpot& s) { return s.tokens.first; });
  if (after == spots_.begin()) return nullptr;
  const ActorSpot& spot = *std::prev(after);
  return t.value < spot.tokens.end() ? &spot : nullptr;
}

const Place* ActorContext::place_over(Span span) const {
  const Id<Token> t = tree_.at(span.begin);
  if (!t || !place_at_[t.value]) return nullptr;
  return &(*doc_)[place_at_[t.value]];
}

std::string ActorContext::word(Id<Token> t) const { return lower(tree_.text(t)); }

std::string ActorContext::lemma(Id<Token> t) const {
  const std::string_view lemma = tree_.lemma(t);
  return lemma.empty() || lemma == "_" ? word(t) : lower(lemma);
}

bool ActorContext::plural(Id<Token> t) const {
  if (tree_[t].is(MorphFlag::plural)) return true;
  const std::string lemma_of = lemma(t), text = word(t);
  return text != lemma_of && text.ends_with('s');
}

}  // namespace annalist
