// One report as coreference sees it: what each mention can agree with, who speaks in which quotation, and
// the clusters found so far. Lives for one run; borrows the document.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "doc/document.h"
#include "doc/tree.h"
#include "lang/coref_words.h"

namespace annalist::lang {

enum class Number : std::uint8_t { unknown, singular, plural };
enum class Gender : std::uint8_t { unknown, male, female };
enum class Definite : std::uint8_t { bare, definite, demonstrative, indefinite, possessed };

/// A quotation and who utters it.
struct Quote {
  Span span;
  std::int32_t speaker = -1;  // mention index; -1: nobody known
};

struct View {        // of a mention
  std::string key;   // folded name or words, without articles and final 's
  std::string head;  // lower case lemma of the head
  std::uint32_t sentence = 0;
  std::int32_t quote = -1;      // the quotation it stands in
  std::int32_t possessor = -1;  // mention index of "his" in "his fighters"
  Number number = Number::unknown;
  Gender gender = Gender::unknown;
  Definite definite = Definite::bare;
  std::uint8_t person = 0;  // of pronouns: 1, 2, 3
  bool human = false;       // one human being or several
  bool body = false;        // an organisation, a force, a state
  bool actor = false;
  bool place = false;
  bool time = false;
  bool possessive = false;  // of pronouns: his, their
  bool reflexive = false;
  bool modified = false;  // a nominal with an adjective, compound, or complement of its own
  bool speaks = false;    // subject of a verb of speech
  bool headline = false;
};

class CorefScene {
 public:
  CorefScene(const Document& doc, const CorefWords& words);

  const Document& doc() const { return *doc_; }
  const Tree& tree() const { return tree_; }
  const CorefWords& words() const { return *words_; }
  std::size_t size() const { return views_.size(); }
  const Mention& mention(std::size_t i) const { return mentions_[i]; }
  const ActorLink& link(std::size_t i) const { return links_[i]; }
  const View& view(std::size_t i) const { return views_[i]; }
  const std::vector<Quote>& quotes() const { return quotes_; }
  /// Mention indexes by the place of their heads: "his" before "his fighters".
  const std::vector<std::uint32_t>& order() const { return order_; }

  std::uint32_t find(std::uint32_t i) const;
  /// Puts two mentions into one cluster. The cluster keeps its first mention as representative.
  void merge(std::uint32_t a, std::uint32_t b);
  std::uint32_t cluster_size(std::uint32_t i) const { return count_[find(i)]; }

  /// What the cluster of `i` is known to be; "no" only when its members contradict each other.
  Gender gender_of(std::uint32_t i) const { return gender_[find(i)]; }
  Number number_of(std::uint32_t i) const { return number_[find(i)]; }
  /// True if a name in the cluster is that of an organisation, a force or a state.
  bool is_body(std::uint32_t i) const { return body_[find(i)]; }
  /// The id of the named actor the cluster holds; empty if none.
  StrId actor_of(std::uint32_t i) const { return actor_[find(i)]; }
  /// The group that a person's cluster belongs to or leads; empty if unknown.
  StrId group_of(std::uint32_t i) const { return group_[find(i)]; }
  /// Notes that person `i` leads the group of mention `group`.
  void set_leads(std::uint32_t i, std::uint32_t group) { leads_[find(i)] = static_cast<std::int32_t>(group); }
  /// Mention of a group that the person of `i` leads by the words of this report; -1: none.
  std::int32_t leads(std::uint32_t i) const { return leads_[find(i)]; }

 private:
  void describe(std::size_t i);
  void describe_pronoun(std::size_t i, View& v);
  void describe_nominal(std::size_t i, View& v);
  void describe_name(std::size_t i, View& v);
  void find_quotes();
  void find_speakers();

  const Document* doc_;
  const CorefWords* words_;
  Tree tree_;
  std::span<const Mention> mentions_;
  std::span<const ActorLink> links_;
  std::vector<View> views_;
  std::vector<Quote> quotes_;
  std::vector<std::uint32_t> order_;
  mutable std::vector<std::uint32_t> parent_;
  std::vector<std::uint32_t> count_;
  std::vector<Gender> gender_;
  std::vector<Number> number_;
  std::vector<bool> body_;
  std::vector<StrId> actor_, group_;
  std::vector<std::int32_t> leads_;
};

}  // namespace annalist::lang
