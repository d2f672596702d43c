// CoNLL-U in and out (universaldependencies.org/format.html): treebanks with their own tokens get the model's
// analysis, plain text gets tokens too. Streams and texts come from the caller; nothing here opens files.
#pragma once

#include <iosfwd>
#include <string_view>

#include "base/result.h"
#include "lang/model.h"
#include "lang/negation.h"
#include "lang/segment.h"

namespace annalist::lang {

/// Copies CoNLL-U from `in` to `out` with LEMMA, UPOS, FEATS, HEAD and DEPREL of every word replaced by the
/// model's, XPOS filled where it is "_", and DEPS emptied. FORM, MISC, comments, multiword ranges and empty
/// nodes pass unchanged; a last sentence without its blank line is read too. Works in pieces: memory does not
/// grow with the input. An Error names the line (from 1) that is no CoNLL-U; the sentences before it may have
/// been written.
/// MISC gets what `more` asks for:
/// - negations (`parse --realis`): what is negated and how far each word happened;
/// - roles (`parse --roles`): Pred=ROLESET at each predicate (Pred=_ if none is known), and at its side
///   Args=WORD:ROLE,... with the word numbers of the heads of its arguments. In a sentence with words that
///   have a Pred= already, these and no others are its predicates; their Pred= and Args= are written anew.
struct ConlluMore {
  const Negations* negations = nullptr;
  bool roles = false;
};
Status parse_conllu(const Model& model, std::istream& in, std::ostream& out, const ConlluMore& more = {});

/// Plain text -> CoNLL-U with `# text` comments and SpaceAfter=No. Paragraphs (`# newpar`) are
/// those of base/paragraphs.h, as in `annalist code`. Bytes that are no UTF-8 become U+FFFD.
void parse_text(const Model& model, const Segment& segment, std::string_view text, std::ostream& out);

}  // namespace annalist::lang
