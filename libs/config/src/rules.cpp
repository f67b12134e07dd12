#include "rules.hpp"

namespace rollcall::config {

std::vector<BrokenRule> broken_rules(const Settings& settings) {
  std::vector<BrokenRule> broken;
  if (settings.face_similarity_threshold && settings.face_recognition_tolerance) {
    broken.push_back({"FACE_RECOGNITION_TOLERANCE",
                      "is set beside FACE_SIMILARITY_THRESHOLD; both set the same strictness, keep one"});
  }
  if (settings.recognition_cosine_min &&
      (settings.face_similarity_threshold || settings.face_recognition_tolerance)) {
    broken.push_back({"RECOGNITION_COSINE_MIN",
                      "is set beside FACE_SIMILARITY_THRESHOLD or FACE_RECOGNITION_TOLERANCE; keep one"});
  }
  if (settings.app_env == AppEnv::production && settings.model_pack == ModelPack::classic &&
      !settings.allow_demo_models) {
    broken.push_back(
        {"MODEL_PACK",
         "classic is demo grade and refused when APP_ENV is production; install a model pack, or set "
         "ALLOW_DEMO_MODELS=true if you know what that means"});
  }
  return broken;
}

void derive(Settings& settings) {
  if (settings.database_file.empty()) settings.database_file = settings.data_dir / "rollcall.db";
  if (settings.model_dir.empty()) settings.model_dir = settings.data_dir / "models";
}

}  // namespace rollcall::config
