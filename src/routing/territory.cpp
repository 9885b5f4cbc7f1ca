// SPDX-License-Identifier: Apache-2.0
// Tables of beginnings, the longest of which decides; what no table knows is nobody's.
#include "routing/territory.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "base/text.h"

namespace ys::routing {
namespace {

constexpr std::size_t sign_bytes_max = 60;
constexpr std::size_t mobile_digits = 11;
constexpr std::size_t elsewhere = places_max;  ///< the place of another province's segments

Error wrong(std::string what) { return {std::errc::invalid_argument, std::move(what)}; }

bool is_digits(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}
bool is_mobile(std::string_view number) {
    return number.size() == mobile_digits && number.front() == '1' && is_digits(number);
}
/// Of a mobile number or prefix, which are digits throughout.
std::uint32_t segment_of(std::string_view digits) {
    return static_cast<std::uint32_t>(*parse_number(digits.substr(0, segment_digits)));
}

/// The longest beginning of `text` in the table, or nullptr.
template <class Table>
const std::size_t* longest(const Table& table, std::string_view text) {
    for (std::size_t length = std::min(text.size(), sign_bytes_max); length > 0; --length)
        if (const auto at = table.find(text.substr(0, length)); at != table.end())
            return &at->second;
    return nullptr;
}

}  // namespace

Result<std::vector<Segment>> parse_segments(std::string_view csv) {
    std::vector<Segment> out;
    std::size_t number = 0;
    for (std::string_view line : split(csv, '\n')) {
        ++number;
        line = trimmed(line);
        if (line.empty() || line.starts_with('#')) continue;
        const std::string at = "line " + std::to_string(number) + ": ";
        const auto parts = split(line, ',');
        const bool is_pair = parts.size() == 2 && is_digits(parts[0]) && is_digits(parts[1]) &&
                             parts[0].size() == segment_digits && parts[0].front() == '1' &&
                             parts[1].size() >= 3 && parts[1].size() <= 4 &&
                             parts[1].front() == '0';
        if (!is_pair)
            return wrong(at + "“" + cleaned(line, sign_bytes_max) +
                         "” is not written like 1389310,0931");
        if (out.size() == segments_max) return wrong(at + "there are too many segments");
        out.push_back({std::string{parts[0]}, std::string{parts[1]}});
    }
    return out;
}

Result<Done> Territory::claim(Beginnings& table, const std::string& sign, std::size_t place,
                              std::string_view what) {
    const std::string who = "place " + places_[place].name + ": ";
    if (sign.empty() || sign.size() > sign_bytes_max || cleaned(sign, sign_bytes_max) != sign)
        return wrong(who + "“" + cleaned(sign, sign_bytes_max) + "” is no " + std::string{what});
    const auto [at, is_new] = table.try_emplace(sign, place);
    if (is_new || at->second == place) return Done{};
    return wrong(who + std::string{what} + " “" + sign + "” is already that of " +
                 places_[at->second].name);
}

Result<Territory> Territory::make(std::vector<Place> places, const std::vector<Segment>& segments) {
    if (places.size() > places_max) return wrong("there are too many places");
    if (segments.size() > segments_max) return wrong("there are too many segments");
    Territory t;
    t.places_ = std::move(places);
    for (std::size_t i = 0; i < t.places_.size(); ++i) {
        const Place& place = t.places_[i];
        YS_TRY(Done done, t.claim(t.words_, place.name, i, "name"));
        for (const auto& [table, signs, what] :
             {std::tuple{&t.codes_, &place.codes, "code"},
              std::tuple{&t.plates_, &place.plates, "number plate"},
              std::tuple{&t.accounts_, &place.accounts, "account number"},
              std::tuple{&t.words_, &place.said, "name"}})
            for (const std::string& sign : *signs) {
                YS_TRY(done, t.claim(*table, sign, i, what));
            }
    }
    t.segments_.reserve(segments.size());
    for (const Segment& segment : segments) {
        const bool is_shaped = segment.prefix.size() == segment_digits && is_digits(segment.prefix);
        if (!is_shaped) return wrong("segment " + cleaned(segment.prefix, 20) + " has no 7 digits");
        // Segments of other provinces are data, too: they belong to nobody here.
        const auto known = t.codes_.find(segment.code);
        const std::size_t place = known == t.codes_.end() ? elsewhere : known->second;
        const auto [at, is_new] = t.segments_.try_emplace(segment_of(segment.prefix), place);
        if (!is_new && at->second != place)
            return wrong("segment " + segment.prefix + " is there twice, for two places");
    }
    return t;
}

Located Territory::found(const std::size_t* place, std::string_view from) const {
    if (place == nullptr || *place == elsewhere) return {};
    return {places_[*place].centre, std::string{from}, places_[*place].name};
}

const std::size_t* Territory::by_number(std::string_view number, std::string_view& from) const {
    if (is_mobile(number)) {
        from = "segment";
        const auto at = segments_.find(segment_of(number));
        return at == segments_.end() ? nullptr : &at->second;
    }
    from = "area_code";
    return number.starts_with('0') ? longest(codes_, number) : nullptr;
}

Located Territory::locate(const CallerSigns& signs) const {
    std::string_view from;
    if (!signs.keyed.empty()) {
        // A town by its code, with or without the 0; or a number of that town.
        for (const std::string& code : {signs.keyed, "0" + signs.keyed})
            if (const auto at = codes_.find(code); at != codes_.end())
                return found(&at->second, "key");
        return found(by_number(signs.keyed, from), "key");
    }
    if (!signs.said.empty()) {
        const std::size_t* place = nullptr;
        std::size_t length = 0;
        for (const auto& [word, at] : words_)
            if (word.size() > length && signs.said.find(word) != signs.said.npos) {
                place = &at;
                length = word.size();
            }
        if (place != nullptr) return found(place, "said");
    }
    if (const auto* place = longest(accounts_, signs.account)) return found(place, "account");
    if (const auto* place = longest(plates_, signs.plate)) return found(place, "plate");
    const std::size_t* place = by_number(signs.number, from);
    if (place != nullptr || signs.area.empty()) return found(place, from);
    return found(named_in(signs.area), "numbering");
}

/// The place with the longest name of those that stand in the text; its other names do not count.
const std::size_t* Territory::named_in(std::string_view area) const {
    const std::size_t* best = nullptr;
    std::size_t length = 0;
    for (const auto& [word, at] : words_)
        if (word == places_[at].name && word.size() > length && area.find(word) != area.npos) {
            best = &at;
            length = word.size();
        }
    return best;
}

}  // namespace ys::routing
