"""Bytes of strangers' files to drafts and pictures, in a locked-down child process."""
