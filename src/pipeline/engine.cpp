#include "pipeline/engine.h"

#include <atomic>
#include <chrono>
#include <future>
#include <optional>
#include <tuple>

#include "actor/resolve.h"
#include "claim/check.h"
#include "claim/find_claims.h"
#include "event/code_events.h"
#include "lang/analyse.h"
#include "lang/coref.h"
#include "lang/gate.h"
#include "lang/model.h"
#include "lang/negation.h"
#include "lang/segment.h"
#include "lang/senses.h"
#include "lang/territory.h"
#include "page/reader.h"
#include "pipeline/data_files.h"
#include "place/find_places.h"
#include "place/gazetteer.h"
#include "time/find_times.h"

namespace annalist {
namespace {

/// What the reader leaves behind, as a stage, so that the order below is checked from the first layer on.
struct Page {
  using reads = Layers<>;
  using writes = Reader::writes;
};

/// What stands behind the hash of the model if not the accurate tier alone read.
constexpr std::string_view kFast = "-fast", kGated = "-gated";

using Stages =
    std::tuple<Segment, Analyse, FindTimes, FindPlaces, ResolveActors, Coref, CodeEvents, FindClaims>;

template <class Tuple>
struct Order;
template <class... S>
struct Order<std::tuple<S...>> {
  using written = typename StageOrder<Page, S...>::written;  // does not compile when a layer comes too late
};
static_assert(detail::AllIn<AllLayers, Order<Stages>::written>::value, "a layer that no stage writes");

}  // namespace

struct Engine::Parts {
  CodebookPack codebook;
  EngineInfo info;
  std::optional<Reader> reader;
  std::shared_ptr<const lang::Model> model, second;
  std::shared_ptr<const lang::GateWords> gate;
  std::shared_ptr<const lang::SenseViews> senses;
  std::optional<Segment> segment;
  std::optional<lang::Negations> negations;
  std::optional<Gazetteer> gazetteer;
  std::optional<Stages> stages;
  mutable std::atomic<std::uint64_t> sentences{0}, passed{0};  // behind the gate
};

Engine::Engine(std::unique_ptr<const Parts> parts) : parts_(std::move(parts)) {}
Engine::Engine(Engine&&) noexcept = default;
Engine& Engine::operator=(Engine&&) noexcept = default;
Engine::~Engine() = default;

const lang::Model& Engine::model() const { return *parts_->model; }
const Segment& Engine::segment() const { return *parts_->segment; }
const lang::Negations& Engine::negations() const { return *parts_->negations; }
const EngineInfo& Engine::info() const { return parts_->info; }
std::pair<std::uint64_t, std::uint64_t> Engine::gate_count() const {
  return {parts_->sentences, parts_->passed};
}

namespace {

/// Moves a loaded part to its place; false, with the first error kept, when it did not load.
template <class T, class Slot>
bool take(Result<T> loaded, Slot& slot, Status& status) {
  if (loaded)
    slot = std::move(*loaded);
  else if (status)
    status = std::unexpected(loaded.error());
  return static_cast<bool>(status);
}

/// The stages that are made from texts alone; the first fault is kept.
struct TextStages {
  std::optional<FindTimes> times;
  std::optional<ResolveActors> actors;
  std::optional<Coref> coref;
  std::optional<CodeEvents> events;
  std::optional<FindClaims> claims;
  std::optional<lang::TerritoryWords> territory;

  Status load(const std::vector<DataText>& texts) {
    Status status;
    auto read_actors = std::async([&] { return ResolveActors::load(texts); });  // half of the work
    take(FindTimes::load(texts), times, status);
    take(Coref::load(texts), coref, status);
    take(CodeEvents::load(texts), events, status);
    take(FindClaims::load(texts), claims, status);
    take(lang::TerritoryWords::load(texts), territory, status);
    take(read_actors.get(), actors, status);
    return status;
  }
};

}  // namespace

Engine::Effort Engine::effort_of(std::string_view model) {
  return model.ends_with(kFast) ? Effort::fast : model.ends_with(kGated) ? Effort::gated : Effort::accurate;
}

Result<Engine> Engine::open(const std::string& data_dir, Depth depth, const std::string& codebook,
                            Effort effort) {
  auto parts = std::make_unique<Parts>();
  Status status;
  if (!take(open_codebook(codebook.empty() ? data_dir + "/" + kCodebookFile : codebook), parts->codebook,
            status))
    return std::unexpected(status.error());
  parts->info = {kVersion, {}, parts->codebook.pack.hash(), {}};
  const std::vector<DataText>& texts = parts->codebook.texts;
  if (!take(Reader::load(texts), parts->reader, status)) return std::unexpected(status.error());
  if (depth == Depth::page) return Engine(std::move(parts));

  // Three that wait for the disk or for memory, side by side: the model, its second tier, the texts.
  const std::string model = data_dir + "/" + kModelFile;
  using Loaded = Result<std::shared_ptr<const lang::Model>>;
  const auto tier = effort == Effort::accurate ? lang::Tier::accurate : lang::Tier::fast;
  auto first = std::async([&] { return lang::Model::open(model, tier); });
  auto second =
      std::async([&] { return effort == Effort::gated ? lang::Model::open(model) : Loaded(nullptr); });
  TextStages loaded;
  const Status texts_loaded = depth == Depth::full ? loaded.load(texts) : Status{};
  if (!take(first.get(), parts->model, status) || !take(second.get(), parts->second, status) ||
      !take(Segment::load(texts), parts->segment, status) ||
      !take(lang::Negations::load(texts), parts->negations, status))
    return std::unexpected(status.error());
  if (effort == Effort::gated) {
    auto gate = lang::GateWords::load(texts);
    if (!gate) return std::unexpected(gate.error());
    parts->gate = std::make_shared<const lang::GateWords>(std::move(*gate));
  }
  if (effort != Effort::fast) {
    auto senses = lang::SenseViews::load(texts, (parts->second ? parts->second : parts->model)->sizes.hidden);
    if (!senses) return std::unexpected(senses.error());
    if (!senses->empty()) parts->senses = std::make_shared<const lang::SenseViews>(std::move(*senses));
  }
  parts->info.model = parts->model->pack.hash();
  if (effort == Effort::fast) parts->info.model += kFast;
  if (effort == Effort::gated) parts->info.model += kGated;
  if (depth == Depth::language) return Engine(std::move(parts));

  if (!take(Gazetteer::open(data_dir + "/" + kGazetteerFile), parts->gazetteer, status))
    return std::unexpected(status.error());
  parts->info.gazetteer = parts->gazetteer->pack().hash();
  std::optional<FindPlaces> places;
  if (!take(FindPlaces::load(*parts->gazetteer, texts), places, status))
    return std::unexpected(status.error());
  if (!texts_loaded) return std::unexpected(texts_loaded.error());
  parts->stages.emplace(
      *parts->segment,
      Analyse(parts->model, parts->second, parts->gate,
              std::make_shared<const lang::TerritoryWords>(std::move(*loaded.territory)), parts->senses),
      std::move(*loaded.times), std::move(*places), std::move(*loaded.actors), std::move(*loaded.coref),
      std::move(*loaded.events), std::move(*loaded.claims));
  return Engine(std::move(parts));
}

Document Engine::read(const RawPage& page, Workspace& work) const { return parts_->reader->read(page, work); }

std::string Engine::explain_page(const RawPage& page, Workspace& work) const {
  return parts_->reader->explain(page, work);
}

namespace {

Document page_layers_of(const Document& before) {
  Document doc(before.id(), std::string(before.text()));
  doc.set_page(before.page());
  doc.fill<Block>({before.all<Block>().begin(), before.all<Block>().end()});
  return doc;
}

bool is_english(const Document& doc) { return doc.page().language.empty() || doc.page().language == "en"; }

}  // namespace

void Engine::code_layers(Document& doc, Workspace& work, std::vector<StageTime>* times) const {
  if (!is_english(doc)) return;
  // Behind the gate everything is done with the fast tier first; its events say where to look again.
  std::vector<std::uint8_t> found;
  const auto run = [&](const auto& stage, Document& on) {
    const auto start = std::chrono::steady_clock::now();
    if constexpr (std::is_same_v<std::remove_cvref_t<decltype(stage)>, Analyse>) {
      if (found.empty()) {
        stage.run(on, work);
      } else {
        const GateCount count = stage.run_again(on, work, found);
        parts_->sentences += count.sentences;
        parts_->passed += count.passed;
      }
    } else {
      stage.run(on, work);
    }
    if (times)
      times->push_back({std::remove_cvref_t<decltype(stage)>::name,
                        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count()});
  };
  const auto run_all = [&](Document& on) {
    std::apply([&](const auto&... stage) { (run(stage, on), ...); }, *parts_->stages);
  };
  if (parts_->second) {
    Document first = page_layers_of(doc);
    run_all(first);
    found.assign(first.all<Sentence>().size(), 0);
    for (const EventMention& mention : first.all<EventMention>())
      if (mention.trigger) found[first[mention.trigger].sentence] = 1;
  }
  run_all(doc);
}

Document Engine::code(const RawPage& page, Workspace& work, std::vector<StageTime>* times) const {
  Document doc = read(page, work);
  code_layers(doc, work, times);
  return doc;
}

Document Engine::code_again(const Document& before, Workspace& work) const {
  Document doc = page_layers_of(before);
  code_layers(doc, work, nullptr);
  return doc;
}

std::vector<std::string> Engine::check_examples(std::size_t& checked,
                                                const std::vector<std::string>& texts) const {
  checked = 0;
  Workspace work;
  const auto parse = [&](std::string_view sentence) {
    ++checked;
    Document doc("example", std::string(sentence));
    PageInfo page;
    page.language = "en";
    page.published = {"2014-11-03", DatePrecision::day, DateSource::given};
    doc.set_page(std::move(page));
    doc.fill<Block>({{{0, static_cast<std::uint32_t>(doc.text().size())}, BlockKind::paragraph}});
    // The stages before the events, in their order.
    const auto& [segment, analyse, times, places, actors, coref, events, claims] = *parts_->stages;
    segment.run(doc, work), analyse.run(doc, work), times.run(doc, work), places.run(doc, work);
    actors.run(doc, work), coref.run(doc, work);
    return doc;
  };
  std::vector<std::string> out;
  for (const auto& f : std::get<CodeEvents>(*parts_->stages).check_frames(parse, texts))
    out.push_back(f.where + ": [" + f.entry + "] " + f.problem + ": " + f.sentence);
  if (!texts.empty()) return out;
  const auto parse_events = [&](std::string_view sentence) {
    Document doc = parse(sentence);
    std::get<CodeEvents>(*parts_->stages).run(doc, work);
    return doc;
  };
  for (const auto& f : claims::check_examples(std::get<FindClaims>(*parts_->stages), parse_events))
    out.push_back("patterns/claims: [" + f.cue + "] " + f.problem + ": " + f.sentence);
  return out;
}

Status Engine::check_texts(const std::vector<DataText>& texts) {
  if (auto reader = Reader::load(texts); !reader) return std::unexpected(reader.error());
  if (auto segment = Segment::load(texts); !segment) return std::unexpected(segment.error());
  if (auto gate = lang::GateWords::load(texts); !gate) return std::unexpected(gate.error());
  return TextStages().load(texts);
}

}  // namespace annalist
