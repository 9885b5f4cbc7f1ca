// SPDX-License-Identifier: Apache-2.0
#include "app/partners.h"

#include <algorithm>
#include <fstream>
#include <set>

#include "cases/io/unit_store.h"
#include "platform/password/token.h"

namespace ys::app {
namespace {

/// Shorter ones can be guessed.
constexpr std::size_t secret_chars_min = 16;

Error wrong(const config::Partner& partner, const std::string& what) {
    return {std::errc::invalid_argument, "[[partner]] \"" + partner.name + "\": " + what};
}

/// The first line of a file; nothing for no file.
Result<Secret<std::string>> secret_in(const config::Partner& partner, const std::string& path) {
    if (path.empty()) return Secret<std::string>{};
    std::ifstream file{path};
    std::string line;
    std::getline(file, line);
    if (line.size() < secret_chars_min)
        return wrong(partner, path + " holds no secret of at least " +
                                  std::to_string(secret_chars_min) + " characters");
    return Secret<std::string>{std::move(line)};
}

Result<CentreId> centre_of(const config::Partner& partner,
                           const std::vector<centres::CentreRow>& centres) {
    for (const auto& centre : centres)
        if (partner.centre.empty() ? !centre.parent_id : centre.name == partner.centre)
            return centre.id;
    return wrong(partner, "no centre is called \"" + partner.centre + "\"");
}

Result<std::uint64_t> unit_of(sql::Database& db, const config::Partner& partner,
                              const Scope& scope) {
    if (partner.unit.empty()) return std::uint64_t{0};
    YS_TRY(const auto units, cases::UnitStore::units(db, scope));
    const auto found = std::ranges::find(units, partner.unit, &cases::UnitRow::name);
    if (found == units.end()) return wrong(partner, "no unit is called \"" + partner.unit + "\"");
    return found->id.value;
}

Result<Partner> partner_of(sql::Database& db, const config::Partner& s,
                           const std::vector<centres::CentreRow>& centres,
                           const centres::CentreTree& tree) {
    Partner out;
    YS_TRY(const Secret<std::string> key, secret_in(s, s.key_file));
    YS_TRY(out.hook_secret, secret_in(s, s.hook_secret_file));
    YS_TRY(out.open311_key, secret_in(s, s.open311_key_file));
    if (!s.hook_url.empty() && s.hook_secret_file.empty())
        return wrong(s, "hook_url needs hook_secret_file: unsigned webhooks are not sent");
    if (s.unit.empty() != s.open311_url.empty())
        return wrong(s, "open311_url and unit go together");
    YS_TRY(out.row.centre_id, centre_of(s, centres));
    out.centres = tree.below(out.row.centre_id);
    out.row.name = s.name;
    if (!s.key_file.empty()) out.row.key_hash = password::sha256_hex(key.reveal());
    out.row.has_hook = !s.hook_url.empty();
    YS_TRY(out.row.unit_id, unit_of(db, s, Scope{out.centres}));
    out.hook_url = s.hook_url;
    out.open311_url = s.open311_url;
    while (out.open311_url.ends_with('/')) out.open311_url.pop_back();
    out.ask_every = std::max(Seconds{1}, Seconds{s.ask_every_s});
    auto guard = web_client::AddressGuard::build(s.allow);
    if (!guard) return wrong(s, guard.error().note);
    out.guard = *std::move(guard);
    return out;
}

}  // namespace

Result<std::vector<Partner>> partners_of(sql::Database& db,
                                         const std::vector<config::Partner>& settings,
                                         const std::vector<centres::CentreRow>& centres,
                                         const centres::CentreTree& tree) {
    std::vector<Partner> out;
    std::set<std::string> names;
    for (const config::Partner& each : settings) {
        if (each.name.empty() || !names.insert(each.name).second)
            return wrong(each, "needs a name of its own");
        YS_TRY(out.emplace_back(), partner_of(db, each, centres, tree));
    }
    return out;
}

}  // namespace ys::app
