"""A document becomes sentences, and sentences become chunks. Nothing here touches a disk."""
