#include "event/main_event.h"

#include <algorithm>

namespace annalist::event {
namespace {

constexpr double kTopicShare = 0.4;  // of its weight: what a protest or a speech is about

class Chooser {
 public:
  Chooser(const Scene& scene, const std::vector<Draft>& drafts, std::vector<Merged>& events)
      : scene_(scene), tree_(scene.tree()), book_(scene.codebook()), drafts_(drafts), events_(events) {}

  void run() {
    double best = 0;
    Merged* main = nullptr;
    std::uint32_t first_body = 0xFFFFFFFF;
    for (const Draft& d : drafts_)
      if (!scene_.in_headline(d.trigger)) first_body = std::min(first_body, d.sentence);
    for (Merged& m : events_) {
      if (!is_real(m.status)) continue;
      const Draft& lead = drafts_[m.mentions.front()];
      double score = book_.type(m.type).weight;
      score *= scene_.in_headline(lead.trigger)  ? 4
               : lead.sentence <= first_body     ? 3
               : lead.sentence <= first_body + 1 ? 1.5
                                                 : 1;
      score += 0.5 * static_cast<double>(std::min<std::size_t>(m.mentions.size(), 6));
      if (m.deaths.best > 0) score += 2;
      score /= 1 + 0.35 * depth(lead);
      if (is_topic(lead)) score *= kTopicShare;
      if (score > best) {
        best = score;
        main = &m;
      }
    }
    if (main) main->main = true;
  }

 private:
  /// How far from the main clause: 0 in it, more behind each subordinate step ("after a raid", "when they
  /// ...").
  int depth(const Draft& d) const {
    int out = 0;
    Id<Token> t = d.clause;
    for (int i = 0; i < 10 && t && tree_.head(t); ++i) {
      const Deprel rel = tree_[t].deprel;
      const Id<Token> p = scene_.is_noun(t) ? scene_.preposition(t) : Id<Token>();
      if (rel == Deprel::acl || rel == Deprel::acl_relcl || rel == Deprel::nmod || rel == Deprel::nmod_poss)
        ++out;
      else if (rel == Deprel::advcl && !(tree_[t].is(MorphFlag::gerund) && !tree_.has_child(t, Deprel::mark)))
        ++out;
      else if (rel == Deprel::obl && p && tree_.lemma(p) != "in" && tree_.lemma(p) != "by")
        ++out;
      t = tree_.head(t);
    }
    return out;
  }

  /// What a demonstration or a statement told in the same clause is about: "protested against the bombing".
  bool is_topic(const Draft& d) const {
    for (const Draft& other : drafts_) {
      if (other.sentence != d.sentence || other.event == d.event || !is_real(other.status)) continue;
      const std::string& group = book_.type(other.type).group;
      if ((group == "protest" || group == "speech") && other.clause != d.clause &&
          tree_.dominates(other.clause, d.clause))
        return true;
    }
    return false;
  }

  const Scene& scene_;
  const Tree& tree_;
  const Codebook& book_;
  const std::vector<Draft>& drafts_;
  std::vector<Merged>& events_;
};

}  // namespace

void choose_main(const Scene& scene, const std::vector<Draft>& drafts, std::vector<Merged>& events) {
  Chooser(scene, drafts, events).run();
}

}  // namespace annalist::event
