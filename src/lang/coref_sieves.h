// The sieves of coreference, most certain first. Each only merges clusters; none splits.
//
// After H. Lee et al. 2013 ("Deterministic coreference resolution based on entity-centric, precision-ranked
// rules"), with the actor base in place of string tricks for names, and salience after Lappin and Leass 1994
// for pronouns. All look back over a bounded window, so a document of n mentions costs O(n).
#pragma once

#include "lang/coref_scene.h"

namespace annalist::lang {

/// Names of one actor or with the same words; "X, the leader of Y" in apposition; who leads whom.
void join_names(CorefScene& scene);
/// Noun phrases with the same words ("Western-backed rebels" ... "the Western-backed rebels").
void join_strings(CorefScene& scene);
/// The lead describes whom the report then names: "Islamist militants affiliated to X" is the one X affiliate
/// that is named, "a monitoring group" the one monitor.
void join_lead(CorefScene& scene);
/// Left to right: pronouns, "the group", "his fighters", "I" and "we" of whoever speaks.
void join_anaphora(CorefScene& scene);

}  // namespace annalist::lang
