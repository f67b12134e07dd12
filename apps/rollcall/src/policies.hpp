// What an operator configured and what a model was calibrated for, made into policies.
#pragma once

#include <rollcall/attendance/enroll_face.hpp>
#include <rollcall/config/settings.hpp>
#include <rollcall/domain/recognition.hpp>
#include <rollcall/vision/pipeline.hpp>

namespace rollcall::app {

// A configured threshold replaces the calibrated one of 1:N; that of 1:1 keeps its distance to it.
domain::RecognitionPolicy recognition_policy(const config::Settings& settings,
                                             const vision::PackFacts& facts);
attendance::EnrollmentPolicy enrollment_policy(const config::Settings& settings,
                                               const vision::PackFacts& facts);

// VISION_THREADS, or one for each core.
std::size_t vision_threads(const config::Settings& settings);

}  // namespace rollcall::app
