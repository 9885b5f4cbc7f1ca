// SPDX-License-Identifier: Apache-2.0
// JSON Schema (2020-12, as OpenAPI 3.1 uses it) made from the same description as the JSON itself.
#pragma once

#include <map>
#include <string>

#include "platform/json/described_json.h"
#include "platform/json/type_name.h"

namespace ys::json {

/// Collects the named schemas that a document refers to; each described struct and enum once.
class SchemaBook {
public:
    /// prefix  where the document keeps the schemas: "#/components/schemas/" in OpenAPI
    explicit SchemaBook(std::string prefix = "#/components/schemas/")
        : prefix_(std::move(prefix)) {}

    /// The schema of T; for a described type a {"$ref": ...}, whose target is then in schemas().
    template <class T>
    value of();

    const object& schemas() const { return schemas_; }

private:
    template <class T>
    void describe_struct(const std::string& name);
    /// True when this is the first time; two types of one name are a bug.
    bool begin(const std::string& name, std::string_view full_name);

    std::string prefix_;
    object schemas_;
    std::map<std::string, std::string> full_names_;
};

template <class T>
value SchemaBook::of() {
    if constexpr (std::same_as<T, value>) {
        return object{};
    } else if constexpr (std::same_as<T, object>) {
        return object{{"type", "object"}};
    } else if constexpr (std::same_as<T, bool>) {
        return object{{"type", "boolean"}};
    } else if constexpr (std::integral<T>) {
        object out{{"type", "integer"}};
        if (std::is_unsigned_v<T>) out["minimum"] = 0;
        return out;
    } else if constexpr (std::floating_point<T>) {
        return object{{"type", "number"}};
    } else if constexpr (std::same_as<T, std::string>) {
        return object{{"type", "string"}};
    } else if constexpr (detail::is_a<T, Secret>) {
        return object{{"type", "string"}, {"format", "password"}};
    } else if constexpr (std::same_as<T, UtcTime>) {
        return object{{"type", "string"}, {"format", "date-time"}};
    } else if constexpr (detail::is_a<T, Id>) {
        return object{{"type", "integer"}, {"minimum", 0}};
    } else if constexpr (detail::is_a<T, std::optional>) {
        array choices;
        choices.push_back(of<typename T::value_type>());
        choices.push_back(object{{"type", "null"}});
        return object{{"anyOf", std::move(choices)}};
    } else if constexpr (detail::is_a<T, std::vector>) {
        return object{{"type", "array"}, {"items", of<typename T::value_type>()}};
    } else if constexpr (detail::is_text_map<T>) {
        return object{{"type", "object"}, {"additionalProperties", of<typename T::mapped_type>()}};
    } else if constexpr (detail::DescribedEnum<T>) {
        const std::string name(type_name<T>());
        if (begin(name, full_type_name<T>())) {
            array words;
            boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>(
                [&](auto each) { words.push_back(value(each.name)); });
            schemas_[name] = object{{"type", "string"}, {"enum", std::move(words)}};
        }
        return object{{"$ref", prefix_ + name}};
    } else {
        static_assert(detail::Described<T>, "describe this type with BOOST_DESCRIBE_STRUCT");
        const std::string name(type_name<T>());
        if (begin(name, full_type_name<T>())) describe_struct<T>(name);
        return object{{"$ref", prefix_ + name}};
    }
}

template <class T>
void SchemaBook::describe_struct(const std::string& name) {
    object properties;
    array required;
    boost::mp11::mp_for_each<detail::members_of<T>>([&](auto member) {
        using Field = std::remove_cvref_t<decltype(std::declval<T&>().*member.pointer)>;
        properties[member.name] = of<Field>();
        // What we send always has every field; a reader of our answers may rely on that.
        required.push_back(value(member.name));
    });
    object out{{"type", "object"}, {"properties", std::move(properties)}};
    if (!required.empty()) out["required"] = std::move(required);
    schemas_[name] = std::move(out);
}

/// One self-contained schema, its parts under "$defs".
template <class T>
object schema_of() {
    SchemaBook book("#/$defs/");
    const value top = book.of<T>();
    object out = top.get_object();
    if (!book.schemas().empty()) out["$defs"] = book.schemas();
    return out;
}

}  // namespace ys::json
