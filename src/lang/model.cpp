#include "lang/model.h"

#include <simdjson.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <tuple>

#include "base/strings.h"
#include "doc/morph.h"

namespace annalist::lang {
namespace {

constexpr const char* kRemedy = "run `make data`";
constexpr std::uint64_t kFormat = 1;  // of docs/formats/model.md

/// Reads sections into a Model and remembers the first thing that was wrong; what is read after that is
/// empty, so that every step can be written down without a test in between.
class Reader {
 public:
  Reader(const Pack& pack, Tier tier) : pack_(pack), tier_(tier) {}

  /// The name of a section that each tier has of its own.
  std::string own(const std::string& name) const { return tier_ == Tier::fast ? "fast." + name : name; }

  bool ok() const { return !error_; }
  std::unexpected<Error> error() const { return std::unexpected<Error>(*error_); }
  void complain(std::string what, std::string_view section) {
    if (!error_)
      error_ = Error{std::move(what), pack_.path() + ", section '" + std::string(section) + "'", kRemedy};
  }

  std::string_view bytes(const std::string& name, ElementType type) {
    if (error_) return {};
    auto section = pack_.section(name);
    if (!section) {
      error_ = section.error();
      return {};
    }
    if (section->type != type) {
      complain("holds another type of values than expected", name);
      return {};
    }
    return section->bytes;
  }
  template <class T>
  std::span<const T> numbers(const std::string& name, ElementType type, std::size_t count) {
    const std::string_view raw = bytes(name, type);
    if (ok() && raw.size() != count * sizeof(T))
      complain("holds " + std::to_string(raw.size() / sizeof(T)) + " values, not " + std::to_string(count),
               name);
    return ok() ? std::span(reinterpret_cast<const T*>(raw.data()), count) : std::span<const T>();
  }
  std::span<const float> floats(const std::string& name, std::size_t count) {
    return numbers<float>(name, ElementType::f32, count);
  }
  std::span<const std::uint32_t> u32s(const std::string& name, std::size_t count) {
    return numbers<std::uint32_t>(name, ElementType::u32, count);
  }
  /// A list with at least one entry and at most `limit`.
  LineList list(const std::string& name, std::size_t limit = 1u << 24) {
    LineList out(bytes(name, ElementType::bytes));
    if (ok() && (out.size() == 0 || out.size() > limit))
      complain("has " + std::to_string(out.size()) + " lines", name);
    return ok() ? out : LineList();
  }
  PackedMatrix matrix(const std::string& name, std::size_t outputs, std::size_t inputs) {
    const auto weights = numbers<std::int8_t>(name, ElementType::i8, outputs * inputs);
    const auto scale = floats(name + ".scale", outputs);
    const auto bias = floats(name + ".bias", outputs);
    return ok() ? pack_matrix(weights, scale, bias, inputs) : PackedMatrix();
  }
  NormWeights norm(const std::string& name, std::size_t size) {
    return {floats(name + ".gain", size), floats(name + ".bias", size)};
  }
  void within(std::string_view name, auto values, std::size_t limit) {
    if (ok() && std::any_of(values.begin(), values.end(), [&](auto v) { return v >= limit; }))
      complain("points past the end of its list", name);
  }

 private:
  const Pack& pack_;
  Tier tier_;
  std::optional<Error> error_;
};

void read_meta(Reader& in, Model& model, PieceIds& ids) {
  simdjson::dom::parser parser;
  simdjson::dom::element meta;
  std::string section;
  const auto open = [&](std::string name) {
    section = std::move(name);
    const std::string_view raw = in.bytes(section, ElementType::bytes);
    if (in.ok() && parser.parse(simdjson::padded_string(raw)).get(meta)) in.complain("is no JSON", section);
  };
  const auto number = [&](const char* pointer, std::size_t low, std::size_t high) -> std::size_t {
    std::uint64_t value = 0;
    if (in.ok() && (meta.at_pointer(pointer).get(value) || value < low || value > high))
      in.complain(std::string("has no sensible number ") + pointer, section);
    return static_cast<std::size_t>(value);
  };
  open("meta");
  if (number("/format", 0, 1u << 20) != kFormat)
    in.complain("is of another format than this program reads (" + std::to_string(kFormat) + ")", "meta");
  Sizes& s = model.sizes;
  s.max_word_pieces = number("/max_word_pieces", 1, 64);
  s.sense = number("/sense", 1, 1024);
  ids.unknown = static_cast<std::uint32_t>(number("/pieces/unk", 0, 1u << 24));
  ids.begin = static_cast<std::uint32_t>(number("/pieces/cls", 0, 1u << 24));
  ids.end = static_cast<std::uint32_t>(number("/pieces/sep", 0, 1u << 24));
  const std::size_t word_size = number("/hidden", 64, 4096);
  if (model.tier != Tier::accurate) open(in.own("meta"));
  s.hidden = number("/hidden", 64, 4096);
  s.layers = number("/layers", 1, 64);
  s.heads = number("/heads", 1, 256);
  s.ffn = number("/ffn", 64, 16384);
  s.max_pieces = number("/max_pieces", 8, 4096);
  s.arc = number("/arc", 16, 1024);
  s.label = number("/label", 1, 1024);
  s.srl = number("/srl", 1, 1024);
  if (in.ok() && s.hidden != word_size) in.complain("has states of another size than 'emb.word'", section);
  if (in.ok() && (s.hidden % kTileOutputs != 0 || s.ffn % kTileOutputs != 0 || s.arc % kLanes != 0 ||
                  s.hidden % (s.heads * kLanes) != 0))
    in.complain("has sizes that do not fill whole vectors", section);
  if (in.ok() && s.max_pieces < s.max_word_pieces + 2)
    in.complain("has windows too short for a word", section);
}

void read_encoder(Reader& in, Model& model, const PieceIds& ids) {
  const Sizes& s = model.sizes;
  const CharTables chars{
      in.numbers<std::uint8_t>("chars.class", ElementType::u8, kCharTable),
      in.u32s("chars.norm", kCharTable * 3),
  };
  LineList vocabulary = in.list("vocab");
  const std::size_t words = vocabulary.size();
  in.within("meta", std::vector{ids.unknown, ids.begin, ids.end}, words);
  model.word = in.numbers<std::int8_t>("emb.word", ElementType::i8, words * s.hidden);
  model.word_scale = in.floats("emb.word.scale", words);
  model.position = in.floats(in.own("emb.pos"), s.max_pieces * s.hidden);
  model.shape = in.floats(in.own("emb.shape"), WordPieces::kShapes * s.hidden);
  model.embedding_norm = in.norm(in.own("emb.ln"), s.hidden);
  if (model.tier == Tier::fast) model.rest_gain = in.floats(in.own("emb.rest"), s.hidden);
  if (!in.ok()) return;
  model.pieces = WordPieces(chars, std::move(vocabulary), ids, s.max_word_pieces);
  for (std::size_t i = 0; i < s.layers && in.ok(); ++i) {
    const std::string at = in.own("enc." + std::to_string(i) + ".");
    EncoderLayer& layer = model.layers.emplace_back();
    layer.qkv = in.matrix(at + "qkv", 3 * s.hidden, s.hidden);
    layer.out = in.matrix(at + "out", s.hidden, s.hidden);
    layer.up = in.matrix(at + "up", s.ffn, s.hidden);
    layer.down = in.matrix(at + "down", s.hidden, s.ffn);
    layer.ln1 = in.norm(at + "ln1", s.hidden);
    layer.ln2 = in.norm(at + "ln2", s.hidden);
  }
}

// LOC is every named place: the gazetteer tells countries, towns and regions apart.
NameTag name_tag(std::string_view label, const LineList& all) {
  NameTag tag;
  if (label == "O") return tag;
  tag.position = label.starts_with("B-") ? NameTag::begin : NameTag::inside;
  const std::string_view type = label.substr(std::min<std::size_t>(2, label.size()));
  const auto known = from_name<EntityType>(type);
  tag.type = known.value_or(EntityType::misc);
  tag.kept = known.has_value();
  for (std::size_t i = 0; i < all.size() && tag.kind == 0; ++i)
    if (all[i].size() > 2 && all[i].substr(2) == type) tag.kind = static_cast<std::uint8_t>(i + 1);
  return tag;
}

std::uint16_t find_label(Reader& in, const LineList& list, std::string_view label, const char* section) {
  const auto at = list.find(label);
  if (!at) in.complain("lacks the label '" + std::string(label) + "'", section);
  return static_cast<std::uint16_t>(at.value_or(0));
}

void read_labels(Reader& in, Model& model) {
  model.upos_names = in.list("label.upos", 255);
  model.feats_names = in.list("label.feats", 65535);
  model.deprel_names = in.list("label.deprel", 65535);
  model.srl_names = in.list("label.srl", 65535);
  model.roleset_names = in.list("label.roleset");
  const LineList tags = in.list("label.ner", 255);
  for (std::size_t i = 0; i < model.upos_names.size(); ++i)
    model.upos.push_back(from_name<Upos>(model.upos_names[i]).value_or(Upos::x));
  for (std::size_t i = 0; i < model.feats_names.size(); ++i)
    model.feats_flags.push_back(morph_flags(model.feats_names[i]));
  for (std::size_t i = 0; i < tags.size(); ++i) model.name_tags.push_back(name_tag(tags[i], tags));
  for (std::size_t i = 0; i < model.deprel_names.size(); ++i)
    model.deprel.push_back(deprel_of(model.deprel_names[i]));
  for (std::size_t i = 0; i < model.srl_names.size(); ++i)
    model.roles.push_back(from_name<RoleLabel>(model.srl_names[i]).value_or(RoleLabel::other));
  if (!in.ok()) return;
  model.roles[0] = RoleLabel::none;  // "_"
  if (model.name_tags[0].position != NameTag::outside) in.complain("does not begin with 'O'", "label.ner");
  model.root_label = find_label(in, model.deprel_names, "root", "label.deprel");
  model.joint_label = find_label(in, model.deprel_names, "parataxis", "label.deprel");
  model.subject_label = find_label(in, model.deprel_names, "nsubj", "label.deprel");
}

bool has_head(const LineList& rows, std::string_view name) {
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (split_list(rows[i], ' ').front() == name) return true;
  return false;
}

/// Finds a head's rows in `head.rows`: "name begin end activation".
HeadRows head_rows(Reader& in, const LineList& rows, std::string_view name, std::size_t size,
                   std::size_t outputs) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::vector<std::string_view> cells = split_list(rows[i], ' ');
    if (cells.size() != 4 || cells[0] != name) continue;
    HeadRows out;
    for (const auto& [cell, value] : {std::pair{cells[1], &out.begin}, {cells[2], &out.end}})
      if (std::from_chars(cell.data(), cell.data() + cell.size(), *value).ec != std::errc()) *value = 0;
    out.relu = cells[3] == "relu";
    if (out.begin >= out.end || out.size() != size) break;
    if (out.end > outputs) in.complain("runs past the rows of 'head'", in.own("head.rows"));
    return out;
  }
  in.complain("has not the " + std::to_string(size) + " rows wanted for '" + std::string(name) + "'",
              in.own("head.rows"));
  return {};
}

void read_deeds(Reader& in, const LineList& rows, std::size_t outputs, Model& model) {
  DeedLayers& d = model.deeds;
  d.size = in.bytes(in.own("deed.near.bias"), ElementType::f32).size() / sizeof(float);
  d.context = in.bytes(in.own("deed.context.bias"), ElementType::f32).size() / sizeof(float);
  if (in.ok() && (d.size == 0 || d.context == 0 || d.size % kLanes != 0 ||
                  d.context % (kLanes * DeedLayers::kViews) != 0))
    in.complain("has sizes that do not fill whole vectors", "deed.near.bias");
  model.deed_rows = head_rows(in, rows, "deed", d.size, outputs);
  d.near = in.floats(in.own("deed.near"), DeedLayers::kNear * d.size * d.size);
  d.near_bias = in.floats(in.own("deed.near.bias"), d.size);
  d.context_in = in.floats(in.own("deed.context"), DeedLayers::kParts * d.size * d.context);
  d.context_bias = in.floats(in.own("deed.context.bias"), d.context);
  d.place = in.floats(in.own("deed.place"), DeedLayers::kPlaces * d.context);
  d.views = in.floats(in.own("deed.views"), d.context * 3 * d.context);
  d.same = in.floats(in.own("deed.same"), 2 * d.size * d.size);
  d.context_out = in.floats(in.own("deed.lift"), d.context * d.size);
  d.out = in.floats(in.own("deed.out"), d.size * DeedLayers::kOutputs);
  d.out_bias = in.floats(in.own("deed.out.bias"), DeedLayers::kOutputs);
}

void read_heads(Reader& in, Model& model) {
  const Sizes& s = model.sizes;
  const LineList rows = in.list(in.own("head.rows"));
  if (!in.ok()) return;
  const std::size_t outputs = in.bytes(in.own("head.scale"), ElementType::f32).size() / sizeof(float);
  model.head = in.matrix(in.own("head"), outputs, s.hidden);
  const std::size_t size_of[] = {model.upos.size(),
                                 model.feats_flags.size(),
                                 model.name_tags.size(),
                                 1,
                                 s.arc,
                                 s.arc,
                                 s.label,
                                 s.label,
                                 s.srl,
                                 s.srl,
                                 s.sense,
                                 9};
  HeadRows* const heads[] = {&model.upos_rows, &model.feats_rows, &model.ner_rows,   &model.pred_rows,
                             &model.arc_dep,   &model.arc_head,   &model.lab_dep,    &model.lab_head,
                             &model.srl_pred,  &model.srl_arg,    &model.sense_rows, &model.claim_rows};
  const char* const names[] = {"upos",    "feats",    "ner",      "pred",    "arc_dep", "arc_head",
                               "lab_dep", "lab_head", "srl_pred", "srl_arg", "sense",   "claim"};
  for (std::size_t i = 0; i < std::size(heads); ++i)
    *heads[i] = head_rows(in, rows, names[i], size_of[i], outputs);
  for (const auto& [name, size, to] :
       {std::tuple{"fact", std::size_t(1), &model.fact_rows}, {"neg", std::size_t(5), &model.neg_rows}})
    if (has_head(rows, name)) *to = head_rows(in, rows, name, size, outputs);
  if (has_head(rows, "deed")) read_deeds(in, rows, outputs, model);
  model.arc_bilinear = in.floats(in.own("arc.bilinear"), s.arc * s.arc);
  model.arc_bias = in.floats(in.own("arc.head"), s.arc);
  const std::size_t label = s.label + 1, role = s.srl + 1;
  const auto relations = in.floats(in.own("lab.bilinear"), model.deprel.size() * label * label);
  const auto roles = in.floats(in.own("srl.bilinear"), model.roles.size() * role * role);
  if (!in.ok()) return;
  // A head has several dependents and a predicate several words to judge: they are the anchors.
  model.label_scorer = PairScorer(relations, model.deprel.size(), label, PairScorer::Anchor::second);
  model.role_scorer = PairScorer(roles, model.roles.size(), role, PairScorer::Anchor::first);
}

void read_senses(Reader& in, Model& model) {
  const std::size_t rolesets = model.roleset_names.size();
  model.sense_keys = in.list("sense.keys");
  model.sense_range = in.u32s("sense.range", model.sense_keys.size() * 2);
  const std::size_t items = in.bytes("sense.items", ElementType::u32).size() / sizeof(std::uint32_t);
  model.sense_items = in.u32s("sense.items", items);
  model.sense_embedding = in.floats("sense.embedding", rolesets * model.sizes.sense);
  model.sense_bias = in.floats("sense.bias", rolesets);
  in.within("sense.items", model.sense_items, rolesets);
  for (std::size_t i = 0; i + 1 < model.sense_range.size(); i += 2)
    if (model.sense_range[i] > items || model.sense_range[i + 1] > items - model.sense_range[i])
      return in.complain("points past the end of 'sense.items'", "sense.range");
}

void read_lemmas(Reader& in, Model& model) {
  const LineList lines = in.list("lemma.rules", 65535);
  std::vector<Lemmatiser::Rule> rules(lines.size());
  for (std::size_t i = 0; i < lines.size(); ++i)
    if (!Lemmatiser::parse_rule(lines[i], rules[i]))
      in.complain("line " + std::to_string(i + 1) + " is no rule", "lemma.rules");
  LineList keys = in.list("lemma.keys"), suffixes = in.list("lemma.suffix.keys");
  const auto rule_of = in.numbers<std::uint16_t>("lemma.rule", ElementType::u16, keys.size());
  const auto suffix_rule = in.numbers<std::uint16_t>("lemma.suffix.rule", ElementType::u16, suffixes.size());
  in.within("lemma.rule", rule_of, rules.size());
  in.within("lemma.suffix.rule", suffix_rule, rules.size());
  model.lemmas = Lemmatiser(std::move(rules), std::move(keys), rule_of, std::move(suffixes), suffix_rule);
}

void read_xpos(Reader& in, Model& model) {
  model.xpos_keys = in.list("xpos.keys");
  model.xpos_tags = in.list("xpos.tags");
  if (in.ok() && model.xpos_keys.size() != model.xpos_tags.size())
    in.complain("is not as long as xpos.keys", "xpos.tags");
}

}  // namespace

std::string_view Model::xpos(std::size_t upos, std::size_t feats, std::string_view word) const {
  std::string key;
  key.append(upos_names[upos]).append("\t").append(feats_names[feats]).append("\t");
  const std::size_t any = key.size();
  key.append(word);
  auto at = xpos_keys.find_sorted(key);
  if (!at) at = xpos_keys.find_sorted(std::string_view(key).substr(0, any));
  return at ? xpos_tags[*at] : std::string_view("_");
}

Result<std::shared_ptr<const Model>> Model::open(const std::string& path, Tier tier) {
  auto pack = Pack::open(path, PackKind::model, kRemedy);
  if (!pack) return std::unexpected(pack.error());
  auto model = std::make_shared<Model>();
  model->pack = std::move(*pack);
  model->tier = tier;
  Reader in(model->pack, tier);
  PieceIds ids;
  read_meta(in, *model, ids);
  if (in.ok()) read_encoder(in, *model, ids);
  if (in.ok()) read_labels(in, *model);
  if (in.ok()) read_heads(in, *model);
  if (in.ok()) read_senses(in, *model);
  if (in.ok()) read_lemmas(in, *model);
  if (in.ok()) read_xpos(in, *model);
  if (!in.ok()) return in.error();
  return model;
}

}  // namespace annalist::lang
