// SPDX-License-Identifier: Apache-2.0
// The smallest recogniser there is, for tests: an ONNX network (onnx.proto3) of one layer over 80
// features, which takes a loud frame for one word and a quiet one for none.
#pragma once

#include <bit>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ys::speech::test_model {

inline std::string varint(std::uint64_t value) {
    std::string out;
    for (; value >= 128; value >>= 7) out += static_cast<char>(value | 128);
    return out + static_cast<char>(value);
}
inline std::string field(int number, std::uint64_t value) {
    return varint(static_cast<std::uint64_t>(number) << 3) + varint(value);
}
inline std::string field(int number, std::string_view bytes) {
    return varint(static_cast<std::uint64_t>(number) << 3 | 2) + varint(bytes.size()) +
           std::string(bytes);
}

constexpr int of_float = 1, of_int64 = 7;

inline std::string tensor(std::string_view name, const std::vector<std::uint64_t>& shape,
                          const std::vector<float>& values) {
    std::string raw;
    for (const float value : values)
        for (int i = 0; i < 4; ++i)
            raw += static_cast<char>(std::bit_cast<std::uint32_t>(value) >> (8 * i));
    std::string out;
    for (const auto each : shape) out += field(1, each);
    return out + field(2, of_float) + field(8, name) + field(9, raw);
}
/// A dimension below 0 may be any.
inline std::string value(std::string_view name, int type, const std::vector<int>& shape) {
    std::string dimensions;
    for (const int each : shape)
        dimensions += field(1, each < 0 ? field(2, "n" + std::to_string(-each))
                                        : field(1, static_cast<std::uint64_t>(each)));
    const std::string of_tensor = field(1, static_cast<std::uint64_t>(type)) + field(2, dimensions);
    return field(1, name) + field(2, field(1, of_tensor));
}
inline std::string node(std::string_view kind, const std::vector<std::string>& in,
                        std::string_view out) {
    std::string bytes;
    for (const auto& each : in) bytes += field(1, each);
    return bytes + field(2, out) + field(4, kind);
}

/// Features are logarithms of energy: of digital silence about -16, of a loud voice above 0. Token
/// 0 is nothing; token 1 wins where their sum is above `least`.
inline std::string loud_or_not(float least) {
    std::vector<float> weights;
    for (int i = 0; i < 80; ++i) weights.insert(weights.end(), {0, 1});
    const std::string graph =
        field(1, node("MatMul", {"x", "w"}, "sums")) +
        field(1, node("Add", {"sums", "b"}, "scores")) +
        field(1, node("LogSoftmax", {"scores"}, "log_probs")) +
        field(1, node("Identity", {"x_lens"}, "log_probs_len")) + field(2, "loud or not") +
        field(5, tensor("w", {80, 2}, weights)) + field(5, tensor("b", {2}, {0, -least})) +
        field(11, value("x", of_float, {-1, -2, 80})) + field(11, value("x_lens", of_int64, {-1})) +
        field(12, value("log_probs", of_float, {-1, -2, 2})) +
        field(12, value("log_probs_len", of_int64, {-1}));
    return field(1, 8) + field(7, graph) + field(8, field(1, "") + field(2, 13));
}

}  // namespace ys::speech::test_model
