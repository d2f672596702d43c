// Must compile as it stands, and must not with -DREAD_TOO_EARLY or -DWRITTEN_TWICE or -DMIXED_IDS.
#include "doc/stage.h"

using namespace annalist;

struct Tokens {
  using reads = Layers<Block>;
  using writes = Layers<Sentence, Token>;
};
struct Blocks {
  using reads = Layers<>;
  using writes = Layers<Block>;
};

#if defined(READ_TOO_EARLY)
using Order = StageOrder<Tokens, Blocks>::written;
#elif defined(WRITTEN_TWICE)
using Order = StageOrder<Blocks, Tokens, Blocks>::written;
#else
using Order = StageOrder<Blocks, Tokens>::written;
#endif

#if defined(MIXED_IDS)
const Token& wrong(const Document& doc) { return doc[Id<Sentence>(0)]; }
#endif

static_assert(std::is_same_v<Order, Layers<Block, Sentence, Token>>);
