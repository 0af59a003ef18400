#include "analysis/ask/rows/size_words.h"

#include <algorithm>
#include <charconv>
#include <iterator>

namespace sextant::ask {

namespace {

using enum Degree;

constexpr std::string_view kSizes = "area size popul capac";
constexpr std::string_view kAges = "age born birth birthdat year date";
constexpr std::string_view kHeights = "height elev score point";
constexpr std::string_view kLengths = "length time durat distanc";

constexpr SizeWord kWords[] = {{"more", true, "", comparative},
                               {"most", true, ""},
                               {"less", false, "", comparative},
                               {"least", false, ""},
                               {"fewer", false, "", comparative},
                               {"fewest", false, ""},
                               {"higher", true, kHeights, comparative},
                               {"highest", true, kHeights},
                               {"lower", false, kHeights, comparative},
                               {"lowest", false, kHeights},
                               {"larger", true, kSizes, comparative},
                               {"largest", true, kSizes},
                               {"bigger", true, kSizes, comparative},
                               {"biggest", true, kSizes},
                               {"smaller", false, kSizes, comparative},
                               {"smallest", false, kSizes},
                               {"greater", true, "", comparative},
                               {"greatest", true, ""},
                               {"longer", true, kLengths, comparative},
                               {"longest", true, kLengths},
                               {"shorter", false, "length time durat height distanc", comparative},
                               {"shortest", false, "length time durat height distanc"},
                               {"taller", true, "height", comparative},
                               {"tallest", true, "height"},
                               {"heavier", true, "weight mass", comparative},
                               {"heaviest", true, "weight mass"},
                               {"lighter", false, "weight mass", comparative},
                               {"lightest", false, "weight mass"},
                               {"older", false, kAges, comparative},
                               {"oldest", false, kAges},
                               {"younger", true, "age born birth birthdat", comparative},
                               {"youngest", true, "age born birth birthdat"},
                               {"farther", true, "distanc length", comparative},
                               {"farthest", true, "distanc length"},
                               {"further", true, "distanc length", comparative},
                               {"furthest", true, "distanc length"},
                               {"deeper", true, "depth", comparative},
                               {"deepest", true, "depth"},
                               {"wider", true, "width", comparative},
                               {"widest", true, "width"},
                               {"richer", true, "money earn prize", comparative},
                               {"richest", true, "money earn prize"},
                               {"faster", false, "time speed", comparative},
                               {"fastest", false, "time speed"},
                               {"slower", true, "time speed", comparative},
                               {"slowest", true, "time speed"},
                               {"quicker", false, "time", comparative},
                               {"quickest", false, "time"},
                               {"cheaper", false, "price cost", comparative},
                               {"cheapest", false, "price cost"},
                               {"better", true, "rank posit place finish time score", comparative},
                               {"best", true, "rank posit place finish time score"},
                               {"worse", false, "rank posit place finish time score", comparative},
                               {"worst", false, "rank posit place finish time score"},
                               {"strongest", true, ""},
                               {"busiest", true, ""},
                               {"closest", false, "distanc"},
                               {"nearest", false, "distanc"},
                               {"warmest", true, "temperatur"},
                               {"hottest", true, "temperatur"},
                               {"coldest", false, "temperatur"},
                               {"top", true, ""},
                               {"maximum", true, ""},
                               {"max", true, ""},
                               {"minimum", false, ""},
                               {"min", false, ""}};

constexpr SizeWord kEnds[] = {{"first", false},    {"last", true},     {"final", true},
                              {"earliest", false}, {"latest", true},   {"newest", true},
                              {"recent", true},    {"initial", false}, {"bottom", true}};

constexpr SizeWord kSooner[] = {{"first", false},  {"earlier", false},  {"sooner", false},
                                {"before", false}, {"earliest", false}, {"later", true},
                                {"last", true},    {"after", true},     {"latest", true}};

// What stands first in a contrary is the word of more, of a place higher up or earlier.
constexpr std::string_view kContraries[][2] = {
    {"more", "less"},      {"more", "fewer"},     {"higher", "lower"},    {"larger", "smaller"},
    {"bigger", "smaller"}, {"greater", "less"},   {"greater", "smaller"}, {"greater", "lesser"},
    {"longer", "shorter"}, {"taller", "shorter"}, {"heavier", "lighter"}, {"older", "younger"},
    {"faster", "slower"},  {"better", "worse"},   {"above", "below"},     {"before", "after"},
    {"earlier", "later"}};

constexpr std::string_view kOrdinals[] = {"first", "second",  "third",  "fourth", "fifth",
                                          "sixth", "seventh", "eighth", "ninth",  "tenth"};

template <std::size_t N>
const SizeWord* find_in(const SizeWord (&words)[N], std::string_view word) {
  const auto* found = std::ranges::find(words, word, &SizeWord::word);
  return found == std::end(words) ? nullptr : found;
}

}  // namespace

const SizeWord* superlative_word(std::string_view word) {
  const SizeWord* found = find_in(kWords, word);
  return found && found->degree == superlative ? found : nullptr;
}

const SizeWord* comparing_word(std::string_view word) {
  const SizeWord* found = find_in(kWords, word);
  return found && found->word != "top" ? found : nullptr;
}

const SizeWord* end_word(std::string_view word) { return find_in(kEnds, word); }

const SizeWord* sooner_word(std::string_view word) { return find_in(kSooner, word); }

bool contrary(std::string_view one, std::string_view other) {
  return std::ranges::any_of(kContraries, [&](const auto& pair) {
    return (pair[0] == one && pair[1] == other) || (pair[0] == other && pair[1] == one);
  });
}

int ordinal(std::string_view word) {
  for (std::size_t i = 0; i < std::size(kOrdinals); ++i) {
    if (kOrdinals[i] == word) return static_cast<int>(i) + 1;
  }
  int value = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  const std::string_view rest(end, static_cast<std::size_t>(word.data() + word.size() - end));
  const bool suffix = rest == "st" || rest == "nd" || rest == "rd" || rest == "th";
  return error == std::errc() && suffix && value > 0 && value < 1000 ? value : 0;
}

}  // namespace sextant::ask
