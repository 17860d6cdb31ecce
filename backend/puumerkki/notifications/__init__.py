"""What waits for whom as rows, who was told of it and how: the bell, mails at once, the digest, reminders."""
