#include "claim/report.h"

#include <stdexcept>

#include "base/file.h"
#include "base/strings.h"
#include "doc/tree.h"
#include "support/conllu_doc.h"

namespace annalist::test {
namespace {

const std::vector<std::string>& names() {
  static const std::vector<std::string> out = {"patterns/claims-verbs.txt", "patterns/claims-nouns.txt",
                                               "patterns/claims-other.txt", "patterns/claims-sources.txt"};
  return out;
}

std::vector<std::string> texts() {
  std::vector<std::string> out;
  for (const std::string& name : names()) {
    auto text = read_file("data/" + name);
    if (!text) throw std::runtime_error(text.error().message());
    out.push_back(*text);
  }
  return out;
}

Result<FindClaims> load(const std::vector<std::string>& bodies) {
  std::vector<DataText> files;
  for (std::size_t i = 0; i < names().size(); ++i) files.push_back({names()[i], bodies[i]});
  return FindClaims::load(files);
}

}  // namespace

const FindClaims& claim_stage() {
  static const FindClaims stage = [] {
    auto loaded = load(texts());
    if (!loaded) throw std::runtime_error(loaded.error().message());
    return std::move(*loaded);
  }();
  return stage;
}

Result<FindClaims> claim_stage_from(std::string_view verbs) {
  return FindClaims::load({{"patterns/claims-verbs.txt", verbs}});
}

Report::Report(std::string_view conllu) : doc_(document_from_conllu(conllu)) {}

Id<Token> Report::token(std::string_view word) const {
  std::size_t nth = 1;
  if (const std::size_t mark = word.find('#'); mark != word.npos) {
    nth = static_cast<std::size_t>(word[mark + 1] - '0');
    word = word.substr(0, mark);
  }
  const auto tokens = doc_.all<Token>();
  for (std::size_t i = 0; i < tokens.size(); ++i)
    if (doc_.text(tokens[i].span) == word && --nth == 0) return Id<Token>(i);
  throw std::runtime_error("no token " + std::string(word));
}

Report& Report::entity(std::vector<std::string> heads, ActorKind kind) {
  const Tree tree(doc_);
  const Id<Entity> id(entities_.size());
  Entity e;
  for (const std::string& head : heads) {
    Mention m;
    m.head = token(head);
    m.span = tree.phrase(m.head);
    m.form = tree[m.head].upos == Upos::pron    ? MentionForm::pronoun
             : tree[m.head].upos == Upos::propn ? MentionForm::name
                                                : MentionForm::nominal;
    if (!e.best) {
      e.best = Id<Mention>(mentions_.size());
      e.name = doc_.intern(doc_.text(m.span));
      if (kind != ActorKind::none) e.actor = Id<ActorLink>(mentions_.size());
    }
    mentions_.push_back(m);
    ActorLink link;
    link.kind = kind;
    links_.push_back(link);
    mention_entities_.push_back({id});
  }
  entities_.push_back(e);
  return *this;
}

Report& Report::event(std::string type, std::vector<std::string> triggers, std::vector<std::size_t> actors) {
  const Id<Event> id(events_.size());
  Event e;
  e.type = doc_.intern(type);
  e.acled_type = doc_.intern("Battles");
  e.mentions.first = static_cast<std::uint32_t>(event_mentions_.size());
  for (const std::string& word : triggers) {
    const Id<Token> t = token(word);
    event_mentions_.push_back({id, t, doc_[t].span});
    if (!e.trigger_token) e.trigger_token = t, e.trigger = doc_[t].span;
  }
  e.mentions.count = static_cast<std::uint32_t>(triggers.size());
  e.args.first = static_cast<std::uint32_t>(args_.size());
  events_.push_back(e);
  for (std::size_t a : actors) add_argument(EventRole::actor, a);
  return *this;
}

Report& Report::befalls(std::vector<std::size_t> targets) {
  for (std::size_t t : targets) add_argument(EventRole::target, t);
  return *this;
}

void Report::add_argument(EventRole role, std::size_t entity) {
  // The mention beside the trigger, else the best one.
  Event& e = events_.back();
  Id<Mention> mention = entities_[entity].best;
  for (std::size_t m = 0; m < mentions_.size(); ++m)
    if (mention_entities_[m].entity == Id<Entity>(entity) &&
        doc_[mentions_[m].head].sentence == doc_[e.trigger_token].sentence) {
      mention = Id<Mention>(m);
      break;
    }
  args_.push_back({role, Id<Entity>(entity), mention, mentions_[mention.value].span});
  ++e.args.count;
}

std::string Report::standing(std::size_t event) const {
  const Assessment& a = doc_.all<Assessment>()[event];
  std::string out = std::string(name_of(a.standing)) + " " + std::to_string(a.sources_for) + ":" +
                    std::to_string(a.sources_against) + " independent " + std::to_string(a.independent) +
                    " admissions " + std::to_string(a.admissions);
  return out + "; " + std::string(doc_.str(doc_[a.trace].back().rule));
}

Report& Report::run() {
  doc_.fill(mentions_);
  doc_.fill(links_);
  doc_.fill(entities_);
  doc_.fill(mention_entities_);
  doc_.fill(events_);
  doc_.fill(event_mentions_);
  doc_.fill(args_);
  Workspace workspace;
  claim_stage().run(doc_, workspace);
  return *this;
}

std::vector<std::string> Report::claims() const {
  std::vector<std::string> out;
  for (const Claim& c : doc_.all<Claim>()) {
    std::string line(name_of(c.form));
    line += " " + std::string(name_of(c.stance)) + (c.positive ? " +" : " -");
    if (!c.source_span.empty()) line += " [" + std::string(doc_.text(c.source_span)) + "]";
    if (!c.cue.empty()) line += " <" + std::string(doc_.text(c.cue)) + ">";
    for (const ClaimContent& k : doc_[c.content]) line += " {" + std::string(doc_.text(k.span)) + "}";
    if (c.via) line += " via " + std::to_string(c.via.value);
    if (!c.events.empty()) line += " events";
    for (const ClaimEvent& e : doc_[c.events]) line += " " + std::to_string(e.event.value);
    out.push_back(std::move(line));
  }
  return out;
}

std::vector<std::string> Report::attributed() const {
  std::vector<std::string> out = claims();
  std::erase_if(out, [](const std::string& s) { return s.starts_with("narrator"); });
  return out;
}

std::vector<std::string> Report::conflicts() const {
  std::vector<std::string> out;
  for (const Conflict& c : doc_.all<Conflict>()) {
    std::string line = std::string(name_of(c.kind)) + " v" + std::to_string(c.event.value) + ":";
    for (const ConflictClaim& s : doc_[c.claims]) line += " " + std::to_string(s.claim.value);
    out.push_back(std::move(line));
  }
  return out;
}

}  // namespace annalist::test
