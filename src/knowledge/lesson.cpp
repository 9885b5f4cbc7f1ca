// SPDX-License-Identifier: Apache-2.0
#include "knowledge/lesson.h"

#include "knowledge/alike.h"

namespace ys::knowledge {

std::vector<LessonEffect> effects_of(const std::vector<Lesson>& lessons,
                                     const std::vector<AskedQuestion>& questions, UtcTime now) {
    std::vector<Shape> shapes;
    shapes.reserve(questions.size());
    for (const AskedQuestion& each : questions) shapes.push_back(shape_of(each.words));
    std::vector<LessonEffect> out;
    for (const Lesson& lesson : lessons) {
        LessonEffect& effect = out.emplace_back();
        effect.asking = lesson.asking;
        const Shape taught = shape_of(lesson.words);
        for (std::size_t i = 0; i < questions.size(); ++i) {
            const AskedQuestion& asked = questions[i];
            const bool is_before =
                asked.at < lesson.taught_at && lesson.taught_at.us - asked.at.us <= lesson_week_us;
            const bool is_after =
                asked.at >= lesson.taught_at && now.us - asked.at.us <= lesson_week_us;
            if ((!is_before && !is_after) || alike(taught, shapes[i]) < alike_from) continue;
            if (is_before) effect.left_before += !asked.is_answered;
            if (is_after) ++(asked.is_answered ? effect.answered_after : effect.left_after);
        }
    }
    return out;
}

}  // namespace ys::knowledge
