package org.psij.executors.hostile;

import java.util.List;

/**
 * Variables that bash(1) sets or acts upon, and those that the script of a job uses itself. {@code
 * OPTIND} is not among them: the shell of the receiver would not start.
 */
final class BashVariables {
  static final List<String> NAMES =
      List.of(
          "_", "BASH", "BASHOPTS", "BASHPID", "BASH_ALIASES", "BASH_ARGC", "BASH_ARGV", "BASH_ARGV0",
          "BASH_CMDS", "BASH_COMMAND", "BASH_COMPAT", "BASH_ENV", "BASH_EXECUTION_STRING",
          "BASH_LINENO", "BASH_LOADABLES_PATH", "BASH_REMATCH", "BASH_SOURCE", "BASH_SUBSHELL",
          "BASH_VERSINFO", "BASH_VERSION", "BASH_XTRACEFD", "BASH_FUNC_echo%%", "BASH_FUNC_x()",
          "CDPATH", "CHILD_MAX", "COLUMNS", "COMP_WORDBREAKS", "COPROC", "DIRSTACK", "EMACS", "ENV",
          "EPOCHREALTIME", "EPOCHSECONDS", "EUID", "EXECIGNORE", "FCEDIT", "FIGNORE", "FUNCNAME",
          "FUNCNEST", "GLOBIGNORE", "GLOBSORT", "GROUPS", "HISTCMD", "HISTFILE", "HISTSIZE",
          "HISTTIMEFORMAT", "HOME", "HOSTFILE", "HOSTNAME", "HOSTTYPE", "IFS", "IGNOREEOF", "INPUTRC",
          "INSIDE_EMACS", "LANG", "LC_ALL", "LC_COLLATE", "LC_CTYPE", "LC_MESSAGES", "LC_NUMERIC",
          "LINENO", "LINES", "MACHTYPE", "MAIL", "MAILCHECK", "MAILPATH", "MAPFILE", "OLDPWD",
          "OPTARG", "OPTERR", "OSTYPE", "PIPESTATUS", "POSIXLY_CORRECT", "PPID",
          "PROMPT_COMMAND", "PS0", "PS1", "PS4", "PWD", "RANDOM", "READLINE_LINE", "REPLY", "SECONDS",
          "SHELL", "SHELLOPTS", "SHLVL", "SRANDOM", "TIMEFORMAT", "TMOUT", "TMPDIR", "UID",
          "auto_resume", "histchars", "psij_canceled", "psij_child", "psij_code", "psij_directory",
          "psij_killed", "psij_kept", "psij_locale", "psij_locale_set", "psij_phase_file",
          "psij_report", "psij_status", "psij_stop_mark", "psij_stop_signals", "psij_unset");

  private BashVariables() {}
}
