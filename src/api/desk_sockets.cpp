// SPDX-License-Identifier: Apache-2.0
#include "api/desk_sockets.h"

#include <algorithm>
#include <string>

#include "api/open_desks.h"
#include "platform/clock.h"

namespace ys::api {
namespace {

bool is_for_one_page(std::string_view type) {
    return type == "rtc" || type == "rtc_wanted" || type == "rtc_closed" || type == "quality";
}

}  // namespace

DeskSockets::DeskSockets() : in_(std::make_unique<Inside>()) {}
DeskSockets::~DeskSockets() = default;

void DeskSockets::send(UserId user, const boost::json::object& message) {
    const auto found = in_->users.find(user);
    if (found == in_->users.end()) return;
    const auto* type = message.if_contains("type");
    const bool is_single =
        type && type->is_string() && is_for_one_page(std::string_view(type->get_string()));
    const std::string text = boost::json::serialize(message);
    // Sending may close a page and so change the list: work on a copy.
    const OpenDesks desks = found->second;
    if (is_single) {
        OpenDesk* page = desks.media ? desks.media : desks.pages.back();
        page->socket->send(text);
        return;
    }
    for (OpenDesk* page : desks.pages) page->socket->send(text);
}

void DeskSockets::close_user(UserId user) {
    const auto found = in_->users.find(user);
    if (found == in_->users.end()) return;
    const OpenDesks desks = found->second;
    for (OpenDesk* page : desks.pages) page->socket->close(close_signed_out, "signed_out");
}

bool DeskSockets::is_open(UserId user) const { return in_->users.contains(user); }

std::size_t DeskSockets::open() const {
    std::size_t n = 0;
    for (const auto& [user, desks] : in_->users) n += desks.pages.size();
    return n;
}

bool DeskSockets::Inside::add(OpenDesk& page) {
    OpenDesks& desks = users[page.user.user.id];
    if (desks.pages.size() >= sockets_max)
        desks.pages.front()->socket->close(close_too_many, "too_many_pages");
    desks.pages.push_back(&page);
    return desks.pages.size() == 1;
}

DeskSockets::Inside::Left DeskSockets::Inside::remove(OpenDesk& page) {
    Left left;
    const auto found = users.find(page.user.user.id);
    if (found == users.end()) return left;
    OpenDesks& desks = found->second;
    std::erase(desks.pages, &page);
    left.was_media = desks.media == &page;
    if (left.was_media) desks.media = nullptr;
    left.was_last = desks.pages.empty();
    if (left.was_last) users.erase(found);
    return left;
}

void DeskSockets::Inside::takes_media(OpenDesk& page) {
    const auto found = users.find(page.user.user.id);
    if (found != users.end()) found->second.media = &page;
}

std::vector<OpenDesk*> DeskSockets::Inside::all() const {
    std::vector<OpenDesk*> out;
    for (const auto& [user, desks] : users)
        out.insert(out.end(), desks.pages.begin(), desks.pages.end());
    return out;
}

}  // namespace ys::api
