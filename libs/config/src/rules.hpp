// Rules over several options, and values that follow from others.
#pragma once

#include <string>
#include <vector>

#include <rollcall/config/settings.hpp>

namespace rollcall::config {

struct BrokenRule {
  std::string option;  // the one to change
  std::string problem;
};

std::vector<BrokenRule> broken_rules(const Settings& settings);

// Fills what is left empty: database_file and model_dir from data_dir.
void derive(Settings& settings);

}  // namespace rollcall::config
