// SPDX-License-Identifier: Apache-2.0
// What the ready-made hotlines write to citizens says what it must.
#include <filesystem>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "outreach/message_book.h"
#include "platform/config/toml_text.h"

namespace ys::outreach {
namespace {

struct MessageFile {
    std::vector<MessageTemplate> message;
};
BOOST_DESCRIBE_STRUCT(MessageFile, (), (message))

TEST(ReadyMadeMessages, are_in_order_and_answer_every_reason_of_cases) {
    const auto scenarios = std::filesystem::path(__FILE__).parent_path() / "../../../scenarios";
    int books = 0;
    for (const auto& folder : std::filesystem::directory_iterator(scenarios)) {
        const auto path = folder.path() / "messages.toml";
        if (!std::filesystem::exists(path)) continue;
        std::ifstream in(path, std::ios::binary);
        std::ostringstream text;
        text << in.rdbuf();
        auto file = config::read_toml<MessageFile>(text.str(), path.string());
        ASSERT_TRUE(file) << file.error().note;
        const auto book = MessageBook::make(std::move(file->message));
        ASSERT_TRUE(book) << path << "\n" << book.error().note;
        for (const char* reason :
             {"filed", "accepted", "reply", "supervised", "extended", "paused", "second_handling",
              "out_of_scope", "closed", "reopened", "withdrawn", "survey"})
            EXPECT_NE(book->find(reason), nullptr) << path << " " << reason;
        ++books;
    }
    EXPECT_GE(books, 1);
}

}  // namespace
}  // namespace ys::outreach
