// SPDX-License-Identifier: Apache-2.0
// What people are at work: the roles of a hotline and of the units behind it.
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string_view>

namespace ys::centres {

enum class Role : std::uint8_t {
    Agent,
    Supervisor,
    Quality,
    Knowledge,
    Admin,
    Handler,    ///< of a unit that handles cases
    Crew,       ///< repairs things where they are broken
    Disclosure  ///< 举报: the only ones who see what is told in confidence
};

inline constexpr std::array all_roles{Role::Agent,     Role::Supervisor, Role::Quality,
                                      Role::Knowledge, Role::Admin,      Role::Handler,
                                      Role::Crew,      Role::Disclosure};

/// The word used in rows, JSON and settings.
constexpr std::string_view name_of(Role role) {
    constexpr std::array<std::string_view, all_roles.size()> names{
        "agent", "supervisor", "quality", "knowledge", "admin", "handler", "crew", "disclosure"};
    return names[static_cast<std::size_t>(role)];
}

constexpr std::optional<Role> role_named(std::string_view name) {
    for (const Role r : all_roles)
        if (name_of(r) == name) return r;
    return std::nullopt;
}

/// One person may have several.
class Roles {
public:
    constexpr Roles() = default;
    constexpr Roles(std::initializer_list<Role> roles) {
        for (const Role r : roles) add(r);
    }
    constexpr void add(Role role) { bits_ |= bit(role); }
    constexpr bool has(Role role) const { return (bits_ & bit(role)) != 0; }
    constexpr bool empty() const { return bits_ == 0; }
    friend constexpr bool operator==(Roles, Roles) = default;

private:
    static constexpr std::uint8_t bit(Role role) {
        return static_cast<std::uint8_t>(1u << static_cast<unsigned>(role));
    }
    std::uint8_t bits_ = 0;
};

}  // namespace ys::centres
