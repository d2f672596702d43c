#include "actor/resolve.h"

#include "actor/compose.h"
#include "actor/context.h"
#include "actor/names.h"
#include "actor/spot.h"

namespace annalist {

Result<ResolveActors> ResolveActors::load(const std::vector<DataText>& files) {
  auto base = ActorBase::load(files);
  if (!base) return std::unexpected(base.error());
  return ResolveActors(std::make_shared<const ActorBase>(std::move(*base)));
}

void ResolveActors::run(Document& doc, Workspace&) const {
  std::vector<ActorLink> links;
  {
    ActorContext context(*base_, doc);
    context.set_spots(spot_names(context));
    link_names(context);
    guess_names(context);
    compose_nominals(context);
    links.reserve(context.drafts.size());
    for (const ActorDraft& draft : context.drafts) {
      ActorLink link;
      link.name = doc.intern(draft.name);
      link.country = doc.intern(draft.country);
      link.cameo = doc.intern(draft.code);
      link.part_of = doc.intern(draft.part_of);
      if (draft.entry) {
        link.id = doc.intern(draft.entry->id);
        link.ucdp = doc.intern(draft.entry->ucdp);
        link.wikidata = doc.intern(draft.entry->wikidata);
      } else if (const ActorEntry* whole = base_->entry(draft.part_of); whole && draft.code == whole->code) {
        link.ucdp = doc.intern(whole->ucdp);  // "Nusra fighters" act as the group
      } else if (draft.kind == ActorKind::state) {
        link.id = doc.intern(draft.country);
      }
      link.kind = draft.kind;
      link.flags = draft.flags;
      link.score = draft.score;
      links.push_back(link);
    }
  }
  doc.fill(links);
}

}  // namespace annalist
