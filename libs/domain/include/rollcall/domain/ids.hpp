// Ids of the domain; every one is a UUIDv7 unless said otherwise.
#pragma once

#include <rollcall/core/strong_id.hpp>

namespace rollcall::domain {

using PersonId = core::StrongId<struct PersonTag>;
using FaceId = core::StrongId<struct FaceTag>;          // one enrolled photo of a person
using TemplateId = core::StrongId<struct TemplateTag>;  // one vector made from a face
using EventId = core::StrongId<struct EventTag>;        // ours, made by the server
using DeviceId = core::StrongId<struct DeviceTag>;      // chosen by the site: "kiosk-001"
using ScopeId = core::StrongId<struct ScopeTag>;        // a course, session or site to search in
using ModelId = core::StrongId<struct ModelTag>;  // "edgeface_xs@9e41ca4e": name and start of the file's hash

}  // namespace rollcall::domain
